"""Rows for any table, made from what the schema tells of its fields."""

from desktop.models.fields import nouns

SAMPLES = {
    "text": ("甲", "乙𠮷"),
    "date": ("2026-09-01", "2026-02-28"),
    "json": ('["甲"]', "[]"),
    "table": ('{"甲":1}', "{}"),
    "integer": (7, -8),
}


def kind(field):
    """Tell what a field holds by what it takes."""
    for word, (sample, _) in SAMPLES.items():
        if field.holds(sample):
            return word
    return "boolean"


def value(field, number=0):
    """Return one of two different values that a field can hold; references name nobody, unless they must."""
    if field.target is not None:
        return f"{field.target}-{number}"
    return SAMPLES.get(kind(field), (1, 0))[number]


def full_row(noun, record_id="x", number=0):
    """Return a row with every field filled."""
    return {"id": record_id, **{field.name: value(field, number) for field in nouns()[noun].fields}}


def least_row(noun, record_id="x", **given):
    """Return a row with what the table requires and nothing else."""
    required = {field.name: value(field) for field in nouns()[noun].fields if field.required}
    return {"id": record_id, **required, **given}


def insert(raw, noun, row, verb="INSERT"):
    """Write a row past the program."""
    columns, marks = ", ".join(f'"{name}"' for name in row), ", ".join("?" * len(row))
    raw.execute(f'{verb} INTO "{noun}" ({columns}) VALUES ({marks})', tuple(row.values()))


def marks(raw):
    """Return what capture has marked: (noun, id) → the fields before."""
    return {(noun, record): before for noun, record, before in raw.execute("SELECT noun, id, before FROM sync_dirty")}
