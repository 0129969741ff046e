"""数据交换: packages carried to and brought from other offices, their preview, and the conflicts they leave."""
