"""统计: calm charts whose every number opens its list."""
