"""A routing as people and programs read it."""

from curate.console import Console
from curate.routing.report import RoutingReport
from schemas.counted import counted

WHO = {"human": "people", "judge": "the judge", "both": "both", "none": "nobody"}


def show_routing(console: Console, report: RoutingReport) -> None:
    """Say who rates what, by which rule, for how much."""
    where = "nothing written" if report.path is None else f"written to {report.path}"
    console.say(f"{counted(report.prompts, 'prompt')}, {where}.")
    if report.selection:
        console.say(f"{report.selection}; nobody rates the others.")
    rows = [(rule.rule, WHO[rule.to], rule.prompts, rule.votes) for rule in report.rules]
    console.table("Who rates what", ("rule", "rated by", "prompts", "people's votes"), rows)
    if report.prompts:
        console.say(_overlap(report))
        console.say(_people(report))
        console.say(_judge(report))
    for warning in report.warnings():
        console.warn(warning)
    console.result(report.payload())


def _overlap(report: RoutingReport) -> str:
    totals = report.totals
    if not report.to("judge") + report.to("both"):
        return "Overlap: none, since no judge takes part."
    if not totals.overlap:
        return "Overlap: none, so nothing will show how far the judge agrees with people."
    return (
        f"Overlap: {totals.overlap:,} of {totals.comparable:,} prompts with two answers or more, "
        f"a new one with probability {report.probability.normalize():f}."
    )


def _people(report: RoutingReport) -> str:
    lead = report.lead
    source = (
        f"the median of {counted(lead.n_timed, 'timed vote')}"
        if lead.n_timed
        else "published for long questions; your own median from 20 timed votes on"
    )
    return (
        f"People: {counted(report.votes, 'vote')}, about {lead.hours(report.votes):,.1f} hours "
        f"at {lead.minutes:g} minutes ({source})."
    )


def _judge(report: RoutingReport) -> str:
    prompts = report.to("judge") + report.to("both")
    cost = report.cost
    if cost is None or cost.expected_usd is None:
        return f"The judge: {counted(prompts, 'prompt')}, US dollars unknown."
    return (
        f"The judge: {counted(prompts, 'prompt')}, about {cost.expected_usd:,.2f} US dollars from "
        f"nothing, at worst {cost.worst_usd:,.2f}."
    )
