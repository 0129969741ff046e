"""用印管理: seals and their keepers, setting them on papers, the register of it, and verifying files."""
