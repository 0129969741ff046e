"""办法与工具设置: the texts an office works under, a new text weighed and adopted, the limits it may choose."""
