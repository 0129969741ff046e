"""The stylesheet as a template over the tokens of the theme; roles are set with `theme.set_role` or `theme.label`."""

from typing import Final

STYLED: Final = "styled"
"""The application's property that says it has the Fusion style already, from its command line."""
STYLESHEET: Final = """
QWidget { color: $text; }
QMainWindow, QDialog, QWidget#page { background: $window; }
QToolTip { background: $surface; color: $text; border: 1px solid $edge; padding: 4px 8px; }
QLabel { background: transparent; }
QLabel[role="title"] { font-size: $p22; font-weight: 500; }
QLabel[role="heading"] { font-size: $p18; font-weight: 500; }
QLabel[role="strong"] { font-weight: 500; }
QLabel[role="quiet"] { color: $quiet; }
QLabel[role="small"] { color: $quiet; font-size: $p12; }
QLabel[role="figure"] { font-size: $p22; font-weight: 500; }
QLabel[role="pass"] { color: $passed; }
QLabel[role="warn"] { color: $warn; }
QLabel[role="fail"] { color: $fail; }
QLabel[role="missing"] { color: $missing; }
QLabel[role="quote"] { color: $quiet; border-left: 3px solid $line; padding: 2px 0 2px 8px; }

QFrame[role="card"] { background: $surface; border: 1px solid $line; border-radius: 6px; }
QFrame[role="inset"] { background: $window; border-radius: 6px; }
QFrame[role="surface"], QWidget[role="surface"] { background: $surface; }
QFrame[role="rule"] { background: $line; border: none; max-height: 1px; min-height: 1px; }
QFrame[role="strip-info"] { background: $selected; border-radius: 6px; }
QFrame[role="strip-pass"] { background: $passed_tint; border-radius: 6px; }
QFrame[role="strip-warn"] { background: $warn_tint; border-radius: 6px; }
QFrame[role="strip-fail"] { background: $fail_tint; border-radius: 6px; }
QFrame[role="status-bar"] { background: $surface; border-top: 1px solid $line; }
QFrame[role="navigation"] { background: $surface; border-bottom: 1px solid $line; }

QLineEdit, QPlainTextEdit, QComboBox, QSpinBox, QListWidget {
  background: $surface; color: $text; border: 1px solid $edge; border-radius: 6px; padding: 1px 7px;
  selection-background-color: $focus; selection-color: $surface; }
QLineEdit, QComboBox, QSpinBox { min-height: $p28; }
QPlainTextEdit { padding: 4px; }
QLineEdit:hover, QPlainTextEdit:hover, QComboBox:hover { border-color: $quiet; }
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus, QSpinBox:focus {
  border: 2px solid $focus; padding: 0 6px; }
QPlainTextEdit:focus { padding: 3px; }
QLineEdit:read-only, QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
  background: $window; color: $quiet; border-color: $line; }
QLineEdit[invalid="true"], QComboBox[invalid="true"], QPlainTextEdit[invalid="true"] {
  border: 2px solid $fail; padding: 0 6px; }
QComboBox { padding-right: 4px; combobox-popup: 0; }
QComboBox:focus { padding-right: 3px; }
QComboBox::drop-down { border: none; width: 24px; subcontrol-position: right center; }
QComboBox::down-arrow { image: url($icons/control-arrow.svg); width: 16px; height: 16px; }
QComboBox QAbstractItemView {
  background: $surface; border: 1px solid $edge; outline: none; padding: 4px;
  selection-background-color: $selected; selection-color: $text; }
QComboBox QAbstractItemView::item { min-height: $p30; padding: 0 6px; }

QPushButton, QToolButton, QCheckBox, QRadioButton { outline: none; }
QPushButton, QToolButton[role="button"] {
  background: $surface; border: 1px solid $edge; border-radius: 6px; padding: 1px 14px; min-height: $p28; }
QPushButton:hover, QToolButton[role="button"]:hover { background: $hover; }
QPushButton:pressed, QToolButton[role="button"]:pressed { background: $line; }
QPushButton:focus, QToolButton[role="button"]:focus { border: 2px solid $focus; padding: 0 13px; }
QPushButton:disabled, QToolButton[role="button"]:disabled { background: $window; color: $quiet; border-color: $line; }
QPushButton[role="primary"] { background: $accent; color: $on_accent; border: 1px solid $accent; font-weight: 500; }
QPushButton[role="primary"]:hover { background: $fail; }
QPushButton[role="primary"]:focus { border: 2px solid $focus; }
QPushButton[role="primary"]:disabled { background: $line; color: $quiet; border-color: $line; }
QPushButton[role="link"], QToolButton[role="link"] {
  background: transparent; border: 2px solid transparent; color: $focus; padding: 0 4px; min-height: $p22; }
QPushButton[role="link"]:hover, QToolButton[role="link"]:hover { background: $hover; }
QPushButton[role="link"]:focus, QToolButton[role="link"]:focus { border: 2px solid $focus; }
QPushButton[role="quiet"] { background: $window; border: 1px solid $line; color: $quiet; }
QPushButton[role="quiet"]:focus { border: 2px solid $focus; }
QPushButton[role="status"] {
  background: transparent; border: 2px solid transparent; color: $quiet; font-size: $p12; padding: 0 4px;
  min-height: $p22; }
QPushButton[role="status"]:hover { color: $text; background: $hover; }
QPushButton[role="status"]:focus { border: 2px solid $focus; }
QToolButton { background: transparent; border: 2px solid transparent; border-radius: 6px; padding: 3px; }
QToolButton:hover { background: $hover; }
QToolButton:checked { background: $selected; }
QToolButton:focus { border: 2px solid $focus; }
QToolButton[role="answer"] {
  background: $surface; border: 1px solid $edge; min-width: $p36; min-height: $p22; padding: 2px 8px; }
QToolButton[role="answer"]:hover { background: $hover; }
QToolButton[role="answer"]:checked { background: $selected; border: 1px solid $focus; font-weight: 500; }
QToolButton[role="answer"]:focus { border: 2px solid $focus; padding: 1px 7px; }
QToolButton::menu-indicator { image: none; }

QCheckBox, QRadioButton {
  spacing: 8px; border: 2px solid transparent; border-radius: 6px; padding: 2px; background: transparent; }
QCheckBox:focus, QRadioButton:focus { border: 2px solid $focus; }
QCheckBox::indicator, QListView::indicator {
  width: 16px; height: 16px; border: 1px solid $edge; border-radius: 4px; background: $surface; }
QCheckBox::indicator:checked, QListView::indicator:checked {
  background: $focus; border-color: $focus; image: url($icons/$tick.svg); }
QRadioButton::indicator {
  width: 16px; height: 16px; border: 1px solid $edge; border-radius: 9px; background: $surface; }
QRadioButton::indicator:checked { border: 5px solid $focus; width: 8px; height: 8px; background: $surface; }

QTableView, QTreeView, QListView {
  background: $surface; border: 1px solid $line; border-radius: 6px; outline: none; gridline-color: $line;
  selection-background-color: $selected; selection-color: $text; }
QTableView:focus, QTreeView:focus, QListView:focus { border: 2px solid $focus; }
QTableView::item { border-bottom: 1px solid $line; padding: 0 8px; }
QTableView::item:selected { background: $selected; color: $text; }
QTableView::item:focus { background: $selected; }
QTableView[role="dense"], QTableView[role="dense"] QHeaderView { font-size: $p13; }
QTableView[role="dense"]::item { padding: 0 4px; }
QTableView[role="dense"] QHeaderView::section { padding: 0 7px; min-height: $p28; }
QTableView QLineEdit { border-radius: 0; min-height: 0; }
QListView::item { min-height: $p32; padding: 0 8px; border-radius: 4px; }
QListView::item:hover { background: $hover; }
QListView::item:selected { background: $selected; color: $text; }
QListWidget[role="plain"] { background: transparent; border: none; padding: 0; border-radius: 0; }
QListWidget[role="plain"]:focus { border: 2px solid $focus; }
QListWidget[role="index"] { background: transparent; border: none; padding: 0; }
QListWidget[role="index"]::item { color: $quiet; padding: 0 8px; min-height: $p30; border-left: 2px solid transparent; }
QListWidget[role="index"]::item:selected {
  background: transparent; color: $text; border-left: 2px solid $text; border-radius: 0; }
QHeaderView { background: $surface; }
QHeaderView::section {
  background: $surface; color: $quiet; border: none; border-bottom: 1px solid $edge;
  padding: 0 11px; min-height: $p32; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow {
  image: url($icons/control-arrow-up.svg); width: 14px; height: 14px; subcontrol-position: right center; }
QHeaderView::down-arrow {
  image: url($icons/control-arrow.svg); width: 14px; height: 14px; subcontrol-position: right center; }
QTableCornerButton::section { background: $surface; border: none; }

QTabBar { background: $surface; }
QTabBar::tab {
  background: transparent; color: $quiet; border: none; border-bottom: 3px solid transparent;
  padding: 0 14px; min-height: $p36; margin: 0; }
QTabBar[tight="true"]::tab { padding: 0 7px; }
QTabBar::tab:hover { color: $text; }
QTabBar::tab:selected { color: $accent; border-bottom: 3px solid $accent; }
QTabBar::tab:focus { background: $hover; }

QScrollArea, QScrollArea > QWidget > QWidget#page { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $edge; border-radius: 4px; margin: 2px; }
QScrollBar::handle:vertical { min-height: 32px; }
QScrollBar::handle:horizontal { min-width: 32px; }
QScrollBar::handle:hover { background: $quiet; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QProgressBar {
  background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; text-align: center; }
QProgressBar::chunk { background: $focus; border-radius: 3px; }
QMenu { background: $surface; border: 1px solid $edge; border-radius: 6px; padding: 4px; }
QMenu::item { padding: 5px 24px 5px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selected; }
QMenu::item:disabled { color: $quiet; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $surface; }
QCalendarWidget QAbstractItemView { selection-background-color: $focus; selection-color: $surface; }
"""
