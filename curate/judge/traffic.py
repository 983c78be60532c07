"""How the judge's runs may talk to a server, from the config."""

from annotate.running.traffic import Traffic
from schemas.config_judge import JudgeSection

START = 8
TIMEOUT, FLEX_TIMEOUT = 120.0, 900.0
PATIENCE, FLEX_PATIENCE = 900.0, 3600.0


def traffic_of(section: JudgeSection) -> Traffic:
    """The limits of a run. The flex tier takes minutes and may turn calls away for long."""
    flex = section.tier == "flex"
    timeout = section.timeout_s or (FLEX_TIMEOUT if flex else TIMEOUT)
    return Traffic(
        concurrency=section.concurrency,
        start=min(START, section.concurrency),
        rpm=section.rpm,
        tpm=section.tpm,
        timeout=timeout,
        patience=max(FLEX_PATIENCE if flex else PATIENCE, 2 * timeout),
    )
