"""Staff: real-estate agents and relationship managers, their areas, their work and what they see to."""
