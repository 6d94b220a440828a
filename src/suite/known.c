#include "suite/known.h"

#include <string.h>

#include "base/suggest.h"
#include "suite/condition.h"
#include "suite/phrase.h"
#include "suite/selectable.h"

/* ---- one bug ---- */

struct reading {
	struct phrase *phrase;
	struct diag *diag;
	struct known *known;
};

static bool read_condition(struct reading *reading)
{
	char why[CONDITION_TEXT];
	enum condition condition = condition_check(reading->phrase, reading->diag, why);

	reading->known->here &= condition == CONDITION_HOLDS;
	return condition != CONDITION_WRONG;
}

static bool read_value(struct reading *reading, const char **value)
{
	struct phrase_word name, word;

	phrase_next(reading->phrase, &name);
	if (!phrase_next(reading->phrase, &word)) {
		diag_error(reading->diag, name.where, "something is missing behind '%s'",
		           name.text);
		return false;
	}
	*value = word.text;
	return true;
}

static bool read_link(struct reading *reading)
{
	return read_value(reading, &reading->known->told.link);
}

static bool read_family(struct reading *reading)
{
	return read_value(reading, &reading->known->family);
}

static bool read_sometimes(struct reading *reading)
{
	struct phrase_word word;

	reading->known->sometimes = true;
	return phrase_next(reading->phrase, &word);
}

static const struct {
	const char *name;
	bool (*read)(struct reading *reading);
} parts[] = {
	{ "kernel", read_condition }, { "sysctl", read_condition }, { "commit", read_link },
	{ "link", read_link },        { "family", read_family },    { "sometimes", read_sometimes },
};

enum { PARTS = sizeof(parts) / sizeof(*parts) };

static bool read_part(struct reading *reading, const struct phrase_word *word)
{
	struct suggestion near = { .wanted = word->text };

	for (size_t i = 0; i < PARTS; i++) {
		if (!strcmp(parts[i].name, word->text))
			return parts[i].read(reading);
		suggest_offer(&near, parts[i].name);
	}
	diag_error(reading->diag, word->where,
	           "'%s' cannot stand here; there are kernel, sysctl, commit, link, "
	           "family and sometimes",
	           word->text);
	if (near.best)
		diag_hint(reading->diag, "did you mean %s?", near.best);
	return false;
}

/* The text behind "known": a reason in quotes, and words. */
static bool read_bug(struct phrase *phrase, struct diag *diag, struct known *known)
{
	struct reading reading = { phrase, diag, known };
	struct phrase_word word;

	known->here = true;
	if (!phrase_next(phrase, &word) || !word.quoted || !*word.text) {
		diag_error(diag, word.where, "a reason in double quotes should stand here");
		return false;
	}
	known->told.reason = word.text;
	while (phrase_peek(phrase, &word))
		if (!read_part(&reading, &word))
			return false;
	return true;
}

/* ---- where they are written ---- */

static void add(const struct known **list, struct known *known)
{
	known->next = *list;
	*list = known;
}

bool known_of_script(const struct directive_node *directives, struct arena *arena,
                     struct diag *diag, const struct known **list)
{
	bool good = true;

	for (const struct directive_node *node = directives; node; node = node->next) {
		struct phrase phrase = { .rest = node->text.text,
			                 .at = node->text.where.begin,
			                 .arena = arena };
		struct known *known = arena_alloc(arena, sizeof(*known));

		if (strcmp(node->name.text, "known"))
			continue;
		if (read_bug(&phrase, diag, known))
			add(list, known);
		else
			good = false;
	}
	return good;
}

static bool read_line(struct phrase *phrase, struct diag *diag, const struct known **list)
{
	struct known *known = arena_alloc(phrase->arena, sizeof(*known));
	struct phrase_word tests;

	if (!phrase_next(phrase, &tests) || tests.text[0] == '#')
		return true;
	known->tests = tests.text;
	if (!read_bug(phrase, diag, known))
		return false;
	add(list, known);
	return true;
}

bool known_of_file(const struct source_text *text, struct arena *arena, struct diag *diag,
                   const struct known **list)
{
	bool good = true;

	for (size_t at = 0, length; at < text->length; at += length + 1) {
		length = strcspn(text->text + at, "\n");
		struct phrase phrase = {
			.rest = arena_strndup(arena, text->text + at, length),
			.at = text->base + (uint32_t)at,
			.arena = arena,
		};
		good &= read_line(&phrase, diag, list);
	}
	return good;
}

const struct known *known_find(const struct known *list, const char *name, const char *family)
{
	for (; list; list = list->next)
		if (list->here && (!list->tests || pattern_fits(list->tests, name)) &&
		    (!list->family || !strcmp(list->family, family)))
			return list;
	return NULL;
}
