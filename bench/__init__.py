"""How fast the whole job is beside datasketch alone, and where its time goes."""
