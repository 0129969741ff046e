"""公文生成: kinds of paper, the page as it will print, its fields, printing and issuing."""
