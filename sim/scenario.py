"""Scenario files: read, inherit, validate, explain.

A scenario is a small YAML file: a name, a question, what it extends, and the parameters that differ,
by section. The Pydantic models are made from ``sim.parameters``, so a parameter is declared once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    Field,
    ValidationError,
    create_model,
)

from sim import changes, own_rules
from sim.checks import (
    STRICT,
    ScenarioError,
    check_size,
    check_value,
    in_words_for,
    kind_and_limits,
)
from sim.mistakes import first_mistake, nearest, shown
from sim.own_rules import RULES, SECTION, RuleFile, digests_in
from sim.parameters import PARAMETERS, SECTIONS, Parameter, defaults
from sim.yaml_lines import YamlError, beside, is_ordinary_file, read_yaml

MOST_ANCESTORS = 20
ACCOUNTS = Path(__file__).resolve().parent.parent / "scenarios" / "accounts"
# Names that Windows keeps for devices, with any ending.
RESERVED = {"con", "prn", "aux", "nul", *(f"{port}{k}" for port in ("com", "lpt") for k in range(10))}


@dataclass(frozen=True)
class Account:
    """The account of how a group works under which a scenario is lived.

    Attributes:
        name, title, question: of its file.
        names: the parameters whose values come from it.
        overruled: the parameters that it speaks of, and the scenario or ``--set`` says otherwise.
    """

    name: str
    title: str = ""
    question: str = ""
    names: tuple[str, ...] = ()
    overruled: tuple[str, ...] = ()

    def without(self, said: Iterable[str], otherwise: Iterable[str]) -> Account:
        """The same account after something else has been said of some parameters, and otherwise of some of these."""
        said, otherwise = set(said), set(otherwise)
        lost = tuple(name for name in self.names if name in otherwise)
        names = tuple(name for name in self.names if name not in said)
        return replace(self, names=names, overruled=(*self.overruled, *lost))


@dataclass(frozen=True)
class Scenario:
    """A resolved scenario.

    Attributes:
        name, title, question: what it is called and what it asks.
        values: every parameter by dotted name, and changes at a time (``sim.changes``); with rules of one's own also
            ``rules``, the SHA-256 of their files.
        origins: for each parameter that is not the default, the file (or ``--set``) it came from.
        path: the file read.
        account: the account under which it is lived; None: as the first model was.
    """

    name: str
    title: str
    question: str
    values: dict[str, Any]
    origins: dict[str, str]
    path: Path | None = None
    account: Account | None = None

    def with_account(self, account: Scenario) -> Scenario:
        """The same scenario under an account of how a group works, in place of the one it had, if any.

        Whatever the scenario itself says, or ``--set``, stays; the account speaks of the rest.
        """
        had = self.account.names if self.account else ()
        usual = defaults()
        values = {**self.values, **{name: usual[name] for name in had}}
        origins = {name: origin for name, origin in self.origins.items() if name not in had}
        names = tuple(name for name in account.origins if name not in origins)
        lost = tuple(name for name in account.origins if name in origins and values[name] != account.values[name])
        values |= {name: account.values[name] for name in names}
        check_size(values, str(account.path))
        origins |= {name: account.origins[name] for name in names}
        said = Account(account.name, account.title, account.question, names, lost)
        return replace(self, values=values, origins=origins, account=said)

    def with_values(self, changes: dict[str, Any], origin: str = "--set") -> Scenario:
        """The same scenario with some parameters changed, after validation.

        Raises:
            ScenarioError: if a name is unknown or a value is not accepted.
        """
        rules = digests_in(self.values)
        checked = {name: check_value(name, value, f"{origin} {name}", rules) for name, value in changes.items()}
        check_size({**self.values, **checked}, origin)
        origins = {**self.origins, **dict.fromkeys(checked, origin)}
        otherwise = [name for name in checked if checked[name] != self.values.get(name)]
        account = self.account.without(checked, otherwise) if self.account else None
        return replace(self, values={**self.values, **checked}, origins=origins, account=account)

    def with_rules(self, files: Iterable[RuleFile]) -> Scenario:
        """The same scenario with rules of one's own (see ``sim.own_rules``); their parameters at their defaults."""
        return replace(self, values=own_rules.with_files(self.values, files))


def is_for_every_system(name: str) -> bool:
    """Whether Windows, too, takes this as the name of a file or folder: not CON, aux.txt or "results."."""
    return not name.endswith((".", " ")) and name.split(".", maxsplit=1)[0].strip().lower() not in RESERVED


def _for_every_system(name: str) -> str:
    """A name that can be a folder on every system.

    Raises:
        ValueError: saying what is expected instead.
    """
    if not is_for_every_system(name):
        raise ValueError("a name that Windows has no other use for, and that does not end with '.'")
    return name


ShortName = Annotated[
    str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$", strict=True), AfterValidator(_for_every_system)
]
Text = Annotated[str, Field(strict=True)]


def _field_of(p: Parameter) -> tuple[Any, Any]:
    kind, limits = kind_and_limits(p)
    return kind, Field(p.default, **limits)


_create_model: Any = create_model  # its overloads cannot tell that all fields here are pairs
SECTION_MODELS: dict[str, type[BaseModel]] = {
    section.name: _create_model(
        section.name.capitalize(),
        __config__=STRICT,
        __doc__=section.meaning,
        **{p.name: _field_of(p) for p in section.parameters},
    )
    for section in SECTIONS
}
ScenarioFile: type[BaseModel] = _create_model(
    "ScenarioFile",
    __config__=STRICT,
    __doc__="A Sameboat scenario.",
    name=(ShortName, Field(description="short name, also of the results folder")),
    title=(Text, Field("", description="one line for figures")),
    question=(Text, Field("", description="what this scenario is for")),
    extends=(Text, Field(None, description="another scenario file, relative to this one")),
    account=(Text, Field(None, description="an account of how a group works, by name or as a file")),
    rules=(
        Text | list[Text] | None,
        Field(None, description="Python files with rules of one's own"),
    ),
    own=(dict[Text, Any] | None, Field(None, description="parameters of these rules")),
    **{name: (model | None, Field(None, description=model.__doc__)) for name, model in SECTION_MODELS.items()},
    changes=(
        list[dict[str, Any]] | None,
        Field(None, description=f"parameters that have another value from some week on: {changes.EXAMPLE}"),
    ),
)


def schema() -> dict[str, Any]:
    """The JSON schema of a scenario file, for editors."""
    made = ScenarioFile.model_json_schema()
    made["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    return made


def load(path: str | Path) -> Scenario:
    """Read and validate a scenario file, everything it extends, and the account it names.

    Raises:
        ScenarioError: one line that says what is wrong, where, and how to mend it.
    """
    scenario, account = _load(Path(path), ())
    return scenario if account is None else scenario.with_account(load_account(*account))


def account_names() -> list[str]:
    """The accounts that come with Sameboat: the first model, nothing, then the others by name."""
    known = sorted(path.stem for path in ACCOUNTS.glob("*.yaml"))
    return sorted(known, key=lambda name: ("first", "nothing").index(name) if name in ("first", "nothing") else 2)


def load_account(name: str, where: str = "", beside_file: Path = Path()) -> Scenario:
    """An account of how a group works, by the name of one that comes with Sameboat or as a file.

    Args:
        name: such as ``learning``, or a path.
        where: what names it, for messages.
        beside_file: a path is relative to this file.

    Raises:
        ScenarioError: if there is none, or it is not a scenario file that could be an account.
    """
    shipped = {name: ACCOUNTS / f"{name}.yaml" for name in account_names()}
    path = shipped.get(name) or beside(beside_file, name)
    if not is_ordinary_file(path):
        raise ScenarioError(f"{where}found no account {shown(name)}{nearest(name, list(shipped))} (or give a file)")
    account, inner = _load(path, ())
    if inner is not None or digests_in(account.values) or any(changes.AT in name for name in account.values):
        raise ScenarioError(f"{where}{path} cannot be an account: it has `account:`, `rules:` or `changes:`; "
                            "leave these to a scenario")  # fmt: skip
    return account


def _load(path: Path, _children: tuple[Path, ...]) -> tuple[Scenario, tuple[str, str, Path] | None]:
    """A scenario as it stands in its files, and the account they name: its name, where it is named, in which file."""
    try:
        content, lines = read_yaml(path)
    except YamlError as problem:
        raise ScenarioError(problem) from None
    if not isinstance(content, dict):
        raise ScenarioError(f"{path}:1: found {shown(content)}, expected a scenario with `name:` and sections; "
                            "see scenarios/base.yaml for an example")  # fmt: skip
    try:
        said = ScenarioFile.model_validate(content)
    except ValidationError as error:
        keys, what = first_mistake(error, content, _known, _expected)
        place = ".".join(map(str, keys))
        raise ScenarioError(f"{path}:{lines.of(*keys)}: {place}{': ' if place else ''}{what}") from None
    values, origins, title, question = defaults(), {}, "", ""
    account = None
    if "extends" in content:
        parent, account = _parent(
            path, content["extends"], f"{path}:{lines.of('extends')}", (*_children, path.resolve())
        )
        values, origins, title, question = dict(parent.values), dict(parent.origins), parent.title, parent.question
    for section in SECTION_MODELS:
        for key in content.get(section) or {}:
            values[f"{section}.{key}"] = getattr(getattr(said, section), key)
            origins[f"{section}.{key}"] = str(path)
    named = content.get(RULES) or []
    where = f"{path}:{lines.of('rules')}: rules: "
    files = [own_rules.load_file(beside(path, name), where) for name in ([named] if isinstance(named, str) else named)]
    values = own_rules.with_files(values, files)
    for key, value in (content.get(SECTION) or {}).items():
        name = f"{SECTION}.{key}"
        values[name] = check_value(name, value, f"{path}:{lines.of(SECTION, key)}: {name}", digests_in(values))
        origins[name] = str(path)
    if "changes" in content:  # the whole list takes the place of that of the scenario extended
        values, origins = ({k: v for k, v in one.items() if changes.AT not in k} for one in (values, origins))
        found = _changes_of(content["changes"] or [], f"{path}:{lines.of('changes')}: changes")
        values, origins = values | found, origins | dict.fromkeys(found, str(path))
    check_size(values, str(path))
    if "account" in content:
        account = (content["account"], f"{path}:{lines.of('account')}: account: ", path)
    title, question = content.get("title") or title, content.get("question") or question
    return Scenario(content["name"], title, question, values, origins, path), account


def _changes_of(said: list[dict[str, Any]], where: str) -> dict[str, Any]:
    """The changes of a scenario file, by parameter and week."""
    found: dict[str, Any] = {}
    for one in said:
        if "week" not in one or len(one) < 2:
            raise ScenarioError(f"{where}: found {shown(one)}, expected a week and parameters: `{changes.EXAMPLE}`")
        week = one["week"]
        if type(week) is not int:
            raise ScenarioError(f"{where}: week: found {shown(week)}, expected a whole number")
        for name in one.keys() - {"week"}:
            key = changes.at(name, week)
            if key in found:
                raise ScenarioError(f"{where}: {shown(name)} changes twice in week {week}; remove one")
            found[key] = check_value(key, one[name], f"{where}: week {week}: {name[:80]}")
    return dict(sorted(found.items(), key=lambda one: (changes.week_of(one[0]), one[0])))


def _parent(path: Path, name: str, where: str, family: tuple[Path, ...]) -> Any:
    """The scenario that another one extends, as ``_load`` gives it."""
    parent_path = beside(path, name)
    if not is_ordinary_file(parent_path):
        raise ScenarioError(f"{where}: extends {shown(name)}, but there is no file {str(parent_path)!r}; "
                            f"name one relative to {path.parent}")  # fmt: skip
    if parent_path.resolve() in family:
        chain = " -> ".join(child.name for child in (*family, parent_path))
        raise ScenarioError(f"{where}: scenarios extend each other in a circle ({chain}); remove one `extends`")
    if len(family) > MOST_ANCESTORS:
        raise ScenarioError(f"{where}: found more than {MOST_ANCESTORS} scenarios that extend each other; use fewer")
    return _load(parent_path, family)


def _known(keys: tuple[Any, ...]) -> list[str]:
    """What may stand in a scenario file, or in one of its sections."""
    return list((SECTION_MODELS[keys[0]] if keys else ScenarioFile).model_fields)


def _expected(keys: tuple[Any, ...]) -> str | None:
    """What is accepted at a place of a scenario file, in words; None: as Pydantic says."""
    if keys and keys[0] == RULES:
        return "the name of a Python file, or a list of such names"
    if keys == (SECTION,):
        return "parameters of rules of one's own, one a line"
    if len(keys) >= 2:
        p = PARAMETERS[f"{keys[0]}.{keys[1]}"]
        return in_words_for(p)
    if keys == ("changes",):
        return f"a list of changes, one a line, such as `{changes.EXAMPLE}`"
    if keys and keys[0] in SECTION_MODELS:
        return f"parameters, one a line, such as `{next(iter(SECTION_MODELS[keys[0]].model_fields))}: ...`"
    return None


if __name__ == "__main__":  # python -m sim.scenario > scenarios/schema.json
    import json

    print(json.dumps(schema(), indent=2, ensure_ascii=False))
