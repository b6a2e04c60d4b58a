"""Article 51 of the social security financing law for 2018: experiments that depart from ordinary rules. Pure."""
