"""How right the program is: what is measured, and the tables of docs/accuracy.md made of it."""
