"""Finance: what buying or renting costs, with every assumption stated."""
