def find_quantities(text): return []
