#include "suite/select.h"

#include <stdio.h>
#include <string.h>

#include "base/diag.h"
#include "base/source.h"
#include "suite/expression.h"

enum selector_kind { SELECT_FILTER, SELECT_TAG, SELECT_EXPRESSION, SELECT_KINDS };

struct selector {
	const char *text;
	const struct expression *expression;
	struct selector *next;
};

struct selection {
	struct arena *arena;
	struct selector *kinds[SELECT_KINDS]; /* the newest comes first */
};

struct selection *selection_new(struct arena *arena)
{
	struct selection *selection = arena_alloc(arena, sizeof(*selection));

	selection->arena = arena;
	return selection;
}

static void add(struct selection *selection, enum selector_kind kind, const char *text,
                const struct expression *expression)
{
	struct selector *selector = arena_alloc(selection->arena, sizeof(*selector));

	*selector = (struct selector){ text, expression, selection->kinds[kind] };
	selection->kinds[kind] = selector;
}

void selection_add_filter(struct selection *selection, const char *pattern)
{
	add(selection, SELECT_FILTER, pattern, NULL);
}

void selection_add_tag(struct selection *selection, const char *pattern)
{
	add(selection, SELECT_TAG, pattern, NULL);
}

bool selection_add_expression(struct selection *selection, const char *text)
{
	struct sources *sources = sources_new(selection->arena);
	struct diag *diag = diag_new(selection->arena, sources);
	const struct source_text *source = sources_add(sources, "--select", text, strlen(text));
	const struct expression *expression =
		source ? expression_parse(source, selection->arena, diag) : NULL;

	if (expression)
		add(selection, SELECT_EXPRESSION, text, expression);
	else
		diag_print(diag, stderr);
	return expression != NULL;
}

bool selection_is_empty(const struct selection *selection)
{
	for (int kind = 0; kind < SELECT_KINDS; kind++)
		if (selection->kinds[kind])
			return false;
	return true;
}

static bool fits(const struct selector *selector, enum selector_kind kind,
                 const struct selectable *test)
{
	switch (kind) {
	case SELECT_FILTER:
		return pattern_fits(selector->text, test->name);
	case SELECT_TAG:
		return selectable_has(test, "tag", selector->text);
	case SELECT_EXPRESSION:
		return expression_fits(selector->expression, test);
	case SELECT_KINDS:
		break;
	}
	return false;
}

bool selection_fits(const struct selection *selection, const struct selectable *test)
{
	for (int kind = 0; kind < SELECT_KINDS; kind++) {
		const struct selector *selector = selection->kinds[kind];

		while (selector && !fits(selector, (enum selector_kind)kind, test))
			selector = selector->next;
		if (!selector && selection->kinds[kind])
			return false;
	}
	return true;
}

const char *selection_text(const struct selection *selection)
{
	static const char *const names[SELECT_KINDS] = { "filter", "tag", "select" };
	const char *text = "";

	for (int kind = 0; kind < SELECT_KINDS; kind++)
		for (const struct selector *s = selection->kinds[kind]; s; s = s->next)
			text = arena_printf(selection->arena, "%s%s--%s='%s'", text,
			                    *text ? " " : "", names[kind], s->text);
	return text;
}
