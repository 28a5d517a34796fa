"""What attackers try on sign-in, OAuth, sessions and the front door, each on the whole product."""
