"""Who to speak to: functions and services, by region, department and subject."""
