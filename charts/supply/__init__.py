"""How the supply of e-services looks: shares of care units, side by side, inside a region and over time."""
