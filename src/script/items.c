#include "script/items.h"

#include <string.h>

#include "script/cases.h"
#include "script/covers.h"
#include "script/directives.h"
#include "script/included.h"

enum { DEPTH_MAX = 16, TEXTS_MAX = 10000 };

/* ---- texts within a text ---- */

/*
 * Begins a text within this one. Limits for how deep texts are nested, and for how many there are,
 * end an include of itself, or a define that stands for itself.
 */
static bool begin_inner(struct parsing *p, const struct source_text *text, struct range where,
                        struct parsing *inner)
{
	const char *why = !text                    ? "all texts together are too large"
	                  : p->depth >= DEPTH_MAX  ? "texts are nested too deeply"
	                  : *p->texts >= TEXTS_MAX ? "too many texts are included in this one"
	                                           : NULL;

	if (why) {
		diag_error(p->diag, where, "%s", why);
		return false;
	}
	++*p->texts;
	*inner = *p;
	inner->outer = p;
	inner->depth++;
	return true;
}

static void end_inner(struct parsing *p, const struct parsing *inner)
{
	p->next_event = inner->next_event;
	p->next_option = inner->next_option;
	p->next_directive = inner->next_directive;
}

/* ---- events ---- */

/*
 * In the place of an action, a string stands for the action that is written in it, or for none. So
 * a table of cases can have a different action in each row. The string is parsed as a text of its
 * own, with a time before it, which is then replaced.
 */
static void add_written_event(struct parsing *p, const struct event_node *event, struct when when,
                              struct range where)
{
	const char *action = event->text;

	if (!action[strspn(action, " \t")])
		return;
	struct parsing inner;
	const char *text = arena_printf(p->arena, "+0 %s\n", action);
	const struct source_text *source = sources_add_inner(p->sources, where, text, strlen(text));
	if (!begin_inner(p, source, where, &inner))
		return;
	inner.when = &when;
	inner.parse(&inner, source);
	end_inner(p, &inner);
}

/*
 * Gives the event to the event_taker; without one, or when it does not take it, the event goes into
 * the tree.
 */
static void hand_on(struct parsing *p, struct event_node *event)
{
	struct node_memory *memory = p->memory;

	if (!memory->taker || !memory->taker->take(memory->taker->context, p->script, event)) {
		*p->next_event = event;
		p->next_event = &event->next;
		return;
	}
	memory->current ^= 1;
	if (memory->arenas[memory->current])
		arena_reset(memory->arenas[memory->current]);
	else
		memory->arenas[memory->current] = arena_new();
}

void add_event(struct parsing *p, struct event_node *event, struct when when, struct range where)
{
	if (p->when)
		when = *p->when;
	p->when = NULL;
	if (event->form == FORM_TEXT) {
		add_written_event(p, event, when, where);
		return;
	}
	event->when = when;
	event->where = where;
	p->script->event_count++;
	if (p->script->cleanup_command.text) {
		diag_error(p->diag, p->script->cleanup_command.where,
		           "a command without a time is only allowed before the first event or "
		           "after the last");
		diag_hint(p->diag, "write +0 before it to run it here");
		p->script->cleanup_command.text = NULL;
	}
	hand_on(p, event);
}

/* ---- options, commands ---- */

void add_option(struct parsing *p, struct option_node *option)
{
	if (p->script->event_count)
		diag_error(p->diag, option->name.where, "options come before the first event");
	*p->next_option = option;
	p->next_option = &option->next;
	if (!strcmp(option->name.text, "define") && option->value.text)
		defines_add(p->defines, p->arena, option->value.text, false);
}

void add_command(struct parsing *p, struct word command)
{
	struct word *place =
		p->script->event_count ? &p->script->cleanup_command : &p->script->init_command;

	if (place->text)
		diag_error(p->diag, command.where, "there is already a%s command without a time",
		           p->script->event_count ? " cleanup" : "n init");
	*place = command;
}

/* ---- directives ---- */

/* Returns the file that an include names. Reports an error and returns NULL when there is none. */
static const char *find_include(struct parsing *p, struct word written)
{
	const struct include_folder *folders = p->defines->folders;
	const char *path, *near;

	if (!included_is_name(written.text)) {
		diag_error(p->diag, written.where,
		           "include wants a file name in double quotes, or between < and >");
		return NULL;
	}
	path = included_path(p->arena, p->text->path, written.text, folders);
	if (path)
		return path;
	diag_error(p->diag, written.where, "there is no %s %s", written.text,
	           included_places(p->arena, folders));
	near = included_suggest(p->arena, written.text, folders);
	if (near)
		diag_hint(p->diag, "did you mean <%s>?", near);
	return NULL;
}

/* The file may be a recipe, which is looked for only when its name is in < and >. */
static void hint_at_recipe(struct parsing *p, const char *written)
{
	const char *name = arena_printf(p->arena, "<%.*s>", (int)strlen(written) - 2, written + 1);

	if (*written == '"' && included_path(p->arena, "", name, p->defines->folders))
		diag_hint(p->diag, "did you mean include %s?", name);
}

/* include "path", relative to the file that includes it; or include <file>, see included.h. */
static void add_include(struct parsing *p, const struct directive_node *directive)
{
	struct word written = directive->text;
	const char *path, *why;

	if (!*written.text)
		written.where = directive->name.where;
	path = find_include(p, written);
	if (!path)
		return;
	for (const struct parsing *outer = p; outer; outer = outer->outer)
		if (!strcmp(outer->text->path, path)) {
			diag_error(p->diag, written.where, "%s includes itself", path);
			return;
		}
	const struct source_text *text = sources_include(p->sources, path, &why);
	struct parsing inner;
	if (!text) {
		diag_error(p->diag, written.where, "cannot read %s: %s", path, why);
		hint_at_recipe(p, written.text);
	} else if (cases_begin(text->text)) {
		diag_error(p->diag, written.where,
		           "%s has a table of cases, which only the script itself may have", path);
	} else if (begin_inner(p, text, written.where, &inner)) {
		inner.parse(&inner, text);
		end_inner(p, &inner);
	}
}

/* Replaces the words of the value that are defined, unless the value is a string. */
static const char *replace_words(struct parsing *p, const char *value)
{
	const char *text = "";

	if (value[strspn(value, " \t")] == '"')
		return value;
	for (size_t length; *value; value += length) {
		size_t blanks = strspn(value, " \t");
		const char *word = value + blanks;

		length = strcspn(word, " \t");
		const char *defined =
			defines_get(p->defines, arena_strndup(p->arena, word, length));
		text = arena_printf(p->arena, "%s%.*s%s", text, (int)blanks, value,
		                    defined ? defined : arena_strndup(p->arena, word, length));
		length += blanks;
	}
	return text;
}

/* NAME = VALUE */
static void define_sysctl(struct parsing *p, struct directive_node *directive)
{
	const char *text = directive->text.text, *equals = strchr(text, '=');

	if (equals)
		directive->text.text = arena_printf(p->arena, "%.*s%s", (int)(equals + 1 - text),
		                                    text, replace_words(p, equals + 1));
}

/* ID[STATE] ...: the columns of a table of cases become what this row has in them. */
static void define_covers(struct parsing *p, struct directive_node *directive)
{
	const char *text = covers_expand(directive->text.text, directive->text.where, p->defines,
	                                 p->arena, p->diag);

	if (text)
		directive->text.text = text;
}

void add_directive(struct parsing *p, struct directive_node *directive)
{
	if (!strcmp(directive->name.text, "covers"))
		define_covers(p, directive);
	if (directive_find(directive->name.text)->kind == DIRECTIVE_SYSCTL)
		define_sysctl(p, directive);
	if (directive_find(directive->name.text)->kind == DIRECTIVE_INCLUDE) {
		add_include(p, directive);
		return;
	}
	*p->next_directive = directive;
	p->next_directive = &directive->next;
}
