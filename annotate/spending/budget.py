"""The spend cap: what a call may cost is set aside before it leaves, what it did cost is settled.

Settled and set aside together never pass the cap. Where the server counts more tokens than the
worst case said, the call is settled at its real cost, which may pass the cap by that excess; from
then on every worst case is taken as that much larger, so that it does not happen twice.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from annotate.running.call import Tokens
from annotate.running.line import Line
from annotate.spending.money import dollars, pico, rates
from annotate.spending.prices import PriceRow, Tier
from schemas.errors import BudgetError, ConfigError
from schemas.event import Usage


class Risk(Protocol):
    """What the disk says a killed run may have spent beyond its journal (see ledger.py)."""

    @property
    def covered_usd(self) -> Decimal:
        """The amount written down."""
        ...

    def cover(self, usd: Decimal) -> None:
        """Write down a larger amount; it is on the disk on return."""
        ...


@dataclass(frozen=True, slots=True)
class Hold:
    """Money set aside for one attempt, in picodollars: `base` at the rates, `amount` as held."""

    base: int
    amount: int


class Budget:
    """One run's money. `spent_before` is what earlier runs took of the same cap, risks included.

    Without a price everything costs nothing, which is refused under a cap.
    """

    def __init__(
        self,
        cap_usd: Decimal | None,
        price: PriceRow | None,
        spent_before: Decimal = Decimal(0),
        *,
        tier: Tier = "standard",
        risk: Risk | None = None,
    ) -> None:
        if cap_usd is not None and price is None:
            raise ConfigError("a spend cap without a price", "add [[judge.price]] to curate.toml")
        # Minus twice, so that the cap is rounded down and what was spent is rounded up.
        self._cap = None if cap_usd is None else -pico(spent_before - cap_usd)
        self._rates = rates(price, tier)
        self._priced = price is not None
        self._settled = 0
        self._held = 0
        self._unwritten = 0
        self._largest = (1, 1)
        self._stopped = False
        self._risk = risk
        self._covered = pico(risk.covered_usd) if risk else 0
        self._line = Line(self._take, self._put_back)

    @property
    def spent_usd(self) -> Decimal:
        """Dollars settled in this run."""
        return dollars(self._settled)

    @property
    def held_usd(self) -> Decimal:
        """Dollars set aside for what is in flight."""
        return dollars(self._held)

    async def reserve(self, worst: Tokens) -> Hold:
        """Set an attempt's worst case aside, waiting for others to settle where need be.

        Raises BudgetError where it does not fit although nothing is in flight; from then on for
        all, since the run is over.
        """
        hold = self._hold(worst)
        await self._line.enter(hold.amount)
        return hold

    def reserve_now(self, worst: Tokens) -> Hold | None:
        """As `reserve`, for whoever must not wait: None where it does not fit at once."""
        hold = self._hold(worst)
        if self._stopped or not self._fits(hold.amount):
            return None
        self._set_aside(hold.amount)
        return hold

    def commit(self, worst: Tokens) -> Hold:
        """Set aside what an earlier run has already promised to pay, whether or not it fits."""
        hold = self._hold(worst)
        self._set_aside(hold.amount)
        return hold

    def settle(self, hold: Hold, usage: Usage) -> int:
        """Count an attempt at its real cost and return it, in picodollars.

        A priced reply that reports no tokens at all is counted at its worst case.
        """
        if self._priced and not _reported(usage):
            return self.settle_unknown(hold)
        cost = self._rates.cost(usage)
        numerator, denominator = self._largest
        if hold.base and cost * denominator > numerator * hold.base:
            self._largest = (cost, hold.base)
        return self._settle(hold, cost)

    def settle_unknown(self, hold: Hold) -> int:
        """Count an attempt whose bill nobody knows at its worst case, in picodollars."""
        return self._settle(hold, hold.amount)

    def release(self, hold: Hold) -> None:
        """Give back what an attempt did not cost."""
        self._settle(hold, 0)

    def written(self, cost: int) -> None:
        """Note that a call's cost, in picodollars, is in the journal on the disk."""
        self._unwritten -= cost

    def over(self, worst: Tokens) -> BudgetError:
        """The error that says that this worst case does not fit."""
        return self._over(self._hold(worst).amount)

    def stop(self) -> None:
        """Let nobody wait for money any more: all get BudgetError."""
        self._stopped = True
        self._line.serve()

    def _settle(self, hold: Hold, cost: int) -> int:
        self._held -= hold.amount
        self._settled += cost
        self._unwritten += cost
        self._line.serve()
        return cost

    def _take(self, amount: int) -> bool:
        if self._stopped:
            raise self._over(amount)
        if not self._fits(amount):
            if self._held:
                return False
            self._stopped = True
            raise self._over(amount)
        self._set_aside(amount)
        return True

    def _put_back(self, amount: int) -> None:
        self._held -= amount

    def _hold(self, worst: Tokens) -> Hold:
        base = self._rates.worst(worst)
        numerator, denominator = self._largest
        return Hold(base, -(-base * numerator // denominator))

    def _fits(self, amount: int) -> bool:
        return self._cap is None or self._settled + self._held + amount <= self._cap

    def _set_aside(self, amount: int) -> None:
        self._cover(self._unwritten + self._held + amount)
        self._held += amount

    def _cover(self, exposed: int) -> None:
        """Have the disk know of at least what a kill would hide: bills not yet in the journal."""
        if self._risk is None or exposed <= self._covered:
            return
        ample = 2 * exposed  # so that this is rare
        if self._cap is not None:
            ample = min(ample, self._cap - self._settled + self._unwritten)
        self._covered = max(exposed, ample)
        self._risk.cover(dollars(self._covered))

    def _over(self, amount: int) -> BudgetError:
        left = dollars(max(0, (self._cap or 0) - self._settled))
        return BudgetError(
            f"the budget is spent: ${left:.6f} left, the next call may cost ${dollars(amount):.6f}",
            "raise the budget and run again: it goes on where it stopped",
        )


def _reported(usage: Usage) -> bool:
    return bool(usage.input_tokens or usage.output_tokens or usage.thought_tokens)
