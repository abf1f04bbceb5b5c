"""What measures the program: how right it is (`scoring`), how fast (`parsing`). The program imports none of it."""
