"""The answers of a LLaVA-Bench folder, by question and by their own id."""

from collections.abc import Mapping

from curate.sources.llava_bench_questions import Question, asked_key
from curate.sources.record import Row, SourceResponse
from curate.sources.shaping import BadRowError, as_name, as_text, shown


class AnswerIndex:
    """Answers as responses, in the order of their files."""

    def __init__(self) -> None:
        self._by_question: dict[str, list[SourceResponse]] = {}
        self._by_id: dict[tuple[str, str], SourceResponse] = {}

    def add(self, row: Row, asked: Mapping[str, Question]) -> None:
        """Take in a row. Raises BadRowError for what is no answer to a question of `asked`."""
        values = row.values
        key = asked_key(row, asked)
        answer_id = as_name(values.get("answer_id"), "answer_id")
        response = SourceResponse(
            as_text(values.get("text"), "text"),
            model=as_name(values.get("model_id"), "model_id"),
            key=answer_id,
        )
        prompt = as_text(values.get("prompt"), "prompt")
        if prompt is not None and prompt != asked[key].text:
            raise BadRowError(f"prompt is not that of question {key}", "mismatched_prompt")
        if answer_id is not None:
            if (key, answer_id) in self._by_id:
                raise BadRowError(f"answer_id {shown(answer_id)} is there before", "duplicate")
            self._by_id[key, answer_id] = response
        self._by_question.setdefault(key, []).append(response)

    def of_question(self, key: str) -> list[SourceResponse]:
        """Every answer to a question."""
        return self._by_question.get(key, [])

    def find(self, key: str, answer_id: str | None, place: str) -> SourceResponse:
        """The answer of an id to a question. Raises BadRowError `mismatched_prompt`."""
        answer = self._by_id.get((key, answer_id or ""))
        if answer is None:
            raise BadRowError(
                f"{place} {shown(answer_id)} is no answer to question {key}", "mismatched_prompt"
            )
        return answer
