"""The four sibling pages that compare one measure over the regions: Förtroende, Kundnöjdhet, Användning, Telefon."""
