/*
 * The beginning of a line tells what may come next. No tree is needed for that, and there is none
 * while a line is only half written. All words come from the tables of the compiler.
 */
#include "editor/complete.h"

#include <ctype.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "editor/words.h"
#include "program/options.h"
#include "program/symbols.h"
#include "program/vocabulary.h"
#include "script/directives.h"
#include "wire/tcp_options.h"
#include "wire/tcp_state.h"

/* The protocol's numbers (CompletionItemKind) for the icon beside an item. */
enum {
	ITEM_FUNCTION = 3,
	ITEM_PROPERTY = 10,
	ITEM_KEYWORD = 14,
	ITEM_FILE = 17,
	ITEM_CONSTANT = 21
};

/* ---- the place ---- */

/* What a place in a line wants; COMPLETE_NOTHING within comments, strings and numbers. */
enum complete_place {
	COMPLETE_NOTHING,
	COMPLETE_OPTION,    /* --tolerance_usecs, before the first event */
	COMPLETE_DIRECTIVE, /* a word of ours that begins a line */
	COMPLETE_INCLUDE,   /* the name of a file, in quotes or < > */
	COMPLETE_EVENT,     /* behind a time: a call, state, silence ... */
	COMPLETE_ARGUMENT,  /* within the parentheses of a call: a constant */
	COMPLETE_RESULT,    /* behind a call's = : an errno */
	COMPLETE_STATE,     /* behind state = */
	COMPLETE_TIMER,     /* behind timer */
	COMPLETE_PACKET,    /* within a segment: ack, win ... */
	COMPLETE_TCP_OPTION /* within the <> of a segment */
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

/* Where the word begins with which the text ends. */
static size_t last_word(const char *text, size_t length)
{
	while (length > 0 && is_word(text[length - 1]))
		length--;
	return length;
}

/*
 * Goes through the text and counts what is open at its end. Strings that are closed are skipped.
 * `quoted` tells that it ends within a string.
 */
static void skim(const char *text, size_t length, bool *quoted, bool *comment, int *angles,
                 int *parentheses)
{
	for (size_t i = 0; i < length && !*comment; i++) {
		if (text[i] == '"' && (i == 0 || text[i - 1] != '\\'))
			*quoted = !*quoted;
		if (*quoted)
			continue;
		*comment = text[i] == '/' && i + 1 < length && text[i + 1] == '/';
		*angles += text[i] == '<' ? 1 : text[i] == '>' ? -1 : 0;
		*parentheses += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
	}
}

static bool begins(const char *text, size_t length, const char *word)
{
	size_t size = strlen(word);

	return length >= size && !strncmp(text, word, size);
}

/* Tells whether the text before the last word ends with this word. */
static bool follows(const char *text, size_t length, const char *word)
{
	size_t size = strlen(word), end = last_word(text, length);

	while (end > 0 && text[end - 1] == ' ')
		end--;
	return end >= size && !strncmp(text + end - size, word, size) &&
	       (end == size || !is_word(text[end - size - 1]) || !is_word(word[0]));
}

/* Behind the arrow. The brackets of the options are the second pair on the line. */
static enum complete_place place_in_packet(const char *text, size_t length)
{
	bool quoted = false, comment = false;
	int angles = 0, parentheses = 0;

	skim(text + 1, length - 1, &quoted, &comment, &angles, &parentheses);
	return quoted || comment ? COMPLETE_NOTHING
	       : angles > 0      ? COMPLETE_TCP_OPTION
	                         : COMPLETE_PACKET;
}

static enum complete_place place_in_state(const char *text, size_t length)
{
	if (follows(text, length, "timer"))
		return COMPLETE_TIMER;
	return follows(text, length, "=") ? COMPLETE_STATE : COMPLETE_NOTHING;
}

/* Behind the time. */
static enum complete_place place_in_event(const char *text, size_t length)
{
	bool quoted = false, comment = false;
	int angles = 0, parentheses = 0;

	if (begins(text, length, "maybe "))
		return place_in_event(text + 6, length - 6);
	if (length > 0 && (*text == '<' || *text == '>'))
		return place_in_packet(text, length);
	skim(text, length, &quoted, &comment, &angles, &parentheses);
	if (quoted || comment)
		return COMPLETE_NOTHING;
	if (parentheses > 0)
		return COMPLETE_ARGUMENT;
	if (begins(text, length, "state"))
		return memchr(text, '=', length) ? place_in_state(text, length) : COMPLETE_EVENT;
	if (memchr(text, '=', length))
		return COMPLETE_RESULT;
	return last_word(text, length) == 0 ? COMPLETE_EVENT : COMPLETE_NOTHING;
}

static bool is_time(const char *text, size_t length)
{
	return length > 0 && (isdigit((unsigned char)*text) || strchr("+*.", *text));
}

/* The place behind the first `bytes` bytes of a line. */
static enum complete_place place_in_line(const char *line, size_t bytes)
{
	size_t blanks = strspn(line, " \t");
	const char *text = line + blanks;
	size_t length, time;

	if (blanks > bytes)
		return COMPLETE_DIRECTIVE;
	length = bytes - blanks;
	if (begins(text, length, "--"))
		return memchr(text, '=', length) ? COMPLETE_NOTHING : COMPLETE_OPTION;
	if (begins(text, length, "include "))
		return memchr(text, '"', length) || memchr(text, '<', length) ? COMPLETE_INCLUDE
		                                                              : COMPLETE_NOTHING;
	if (!is_time(text, length))
		return last_word(text, length) == 0 ? COMPLETE_DIRECTIVE : COMPLETE_NOTHING;
	time = strcspn(text, " \t");
	if (time >= length)
		return COMPLETE_NOTHING;
	time += strspn(text + time, " \t");
	return time > length ? COMPLETE_EVENT : place_in_event(text + time, length - time);
}

/* ---- the items ---- */

static void add(json_t *items, int kind, const char *label, const char *detail)
{
	json_t *item = json_pack("{s:s, s:i}", "label", label, "kind", kind);

	if (detail)
		json_object_set_new(item, "detail", json_string(detail));
	json_array_append_new(items, item);
}

static void add_options(json_t *items)
{
	const struct option_row *row;

	for (size_t i = 0; (row = option_at(i)); i++) {
		json_t *label = option_help(row) ? json_sprintf("--%s", option_name(row)) : NULL;

		if (label)
			add(items, ITEM_PROPERTY, json_string_value(label), option_help(row));
		json_decref(label);
	}
}

static void add_directives(json_t *items)
{
	const struct directive_row *row;

	for (size_t i = 0; (row = directive_at(i)); i++)
		add(items, ITEM_KEYWORD, row->name, row->help);
}

static void add_event_words(json_t *items)
{
	const char *word;

	for (size_t i = 0; (word = vocabulary_event_at(i)); i++)
		add(items, ITEM_FUNCTION, word, NULL);
}

static void add_symbols(json_t *items, bool errnos)
{
	const char *name;
	int64_t value;

	for (size_t i = 0; (name = symbol_at(i)); i++) {
		bool is_errno = symbol_find_in(SYMBOL_ERRNO, name, &value);

		if (is_errno == errnos)
			add(items, ITEM_CONSTANT, name, NULL);
	}
}

static void add_states(json_t *items)
{
	for (enum tcp_state state = STATE_ESTABLISHED; state < STATE_NEW_SYN_RECV; state++)
		add(items, ITEM_CONSTANT, tcp_state_name(state), NULL);
}

static void add_timers(json_t *items)
{
	for (enum tcp_timer timer = TIMER_NONE; timer < TIMER_COUNT; timer++)
		add(items, ITEM_CONSTANT, tcp_timer_name(timer), NULL);
}

static void add_packet_words(json_t *items)
{
	const char *word;

	for (size_t i = 0; (word = words_field_at(i)); i++)
		add(items, ITEM_KEYWORD, word, NULL);
}

static void add_tcp_options(json_t *items)
{
	const char *name;

	for (size_t i = 0; (name = tcp_option_name(i)); i++)
		add(items, ITEM_KEYWORD, name, NULL);
}

static int scripts_and_folders(const struct dirent *entry)
{
	size_t length = strlen(entry->d_name);

	return entry->d_name[0] != '.' &&
	       (entry->d_type == DT_DIR ||
	        (length > 4 && (!strcmp(entry->d_name + length - 4, ".pkt") ||
	                        !strcmp(entry->d_name + length - 4, ".inc"))));
}

static void add_files_of(json_t *items, const char *folder)
{
	struct dirent **list;
	int count = scandir(folder, &list, scripts_and_folders, alphasort);

	for (int i = 0; i < count; i++) {
		add(items, ITEM_FILE, list[i]->d_name, NULL);
		free(list[i]);
	}
	if (count >= 0)
		free(list);
}

/* The files of the folder that is written so far. */
static void add_files(json_t *items, const char *script, const struct include_folder *folders,
                      struct text_line line, size_t bytes)
{
	const char *quote = memchr(line.begin, '"', bytes), *slash = strrchr(script, '/');
	size_t folder = bytes;
	char path[PATH_MAX];
	const char *place;

	if (!quote) {
		for (size_t i = 0; (place = included_folder(folders, i, path)); i++)
			add_files_of(items, place);
		return;
	}
	while (line.begin + folder > quote + 1 && line.begin[folder - 1] != '/')
		folder--;
	snprintf(path, sizeof(path), "%.*s%.*s",
	         quote[1] == '/' || !slash ? 0 : (int)(slash + 1 - script), script,
	         (int)(line.begin + folder - (quote + 1)), quote + 1);
	add_files_of(items, path[0] ? path : ".");
}

/*
 * An item replaces the whole word that is half written, because an editor may not see "--" as a
 * part of it.
 */
static void replace_word(json_t *items, struct text_line line, size_t number, size_t bytes)
{
	size_t begin = position_units(line.begin, last_word(line.begin, bytes));
	json_t *item;
	size_t i;

	json_array_foreach(items, i, item)
	{
		json_t *range = position_range(number, begin, position_units(line.begin, bytes));

		json_object_set_new(item, "textEdit",
		                    json_pack("{s:o, s:O}", "range", range, "newText",
		                              json_object_get(item, "label")));
	}
}

json_t *complete_items(const char *script, const struct include_folder *folders,
                       struct text_line line, size_t number, size_t bytes)
{
	json_t *items = json_array();

	switch (place_in_line(line.begin, bytes)) {
	case COMPLETE_NOTHING:
		break;
	case COMPLETE_OPTION:
		add_options(items);
		break;
	case COMPLETE_DIRECTIVE:
		add_directives(items);
		add_options(items);
		break;
	case COMPLETE_INCLUDE:
		add_files(items, script, folders, line, bytes);
		break;
	case COMPLETE_EVENT:
		add_event_words(items);
		break;
	case COMPLETE_ARGUMENT:
		add_symbols(items, false);
		break;
	case COMPLETE_RESULT:
		add_symbols(items, true);
		break;
	case COMPLETE_STATE:
		add_states(items);
		break;
	case COMPLETE_TIMER:
		add_timers(items);
		break;
	case COMPLETE_PACKET:
		add_packet_words(items);
		break;
	case COMPLETE_TCP_OPTION:
		add_tcp_options(items);
		break;
	}
	replace_word(items, line, number, bytes);
	return items;
}
