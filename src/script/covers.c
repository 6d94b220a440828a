#include "script/covers.h"

#include <string.h>

/* clang-format off */
static const struct covers_state states[] = {
	{ "CL",    0,                 "no connection" },
	{ "LI",    STATE_LISTEN,      "a listener" },
	{ "SS",    STATE_SYN_SENT,    "a client that connects" },
	{ "SR",    STATE_SYN_RECV,    "a connection that the peer begins" },
	{ "SX",    STATE_SYN_RECV,    "the same with a socket: crossed SYNs, or Fast Open" },
	{ "EST",   STATE_ESTABLISHED, "an open connection" },
	{ "FW1",   STATE_FIN_WAIT_1,  "our FIN is not acknowledged" },
	{ "FW1o",  STATE_FIN_WAIT_1,  "the same without a descriptor" },
	{ "FW2",   STATE_FIN_WAIT_2,  "our FIN is acknowledged" },
	{ "FW2o",  STATE_FIN_WAIT_2,  "the same without a descriptor, as a full socket" },
	{ "FW2t",  STATE_FIN_WAIT_2,  "the same as a miniature, as it is mostly" },
	{ "CLG",   STATE_CLOSING,     "both FINs are there, ours is not acknowledged" },
	{ "CW",    STATE_CLOSE_WAIT,  "the peer's FIN is there" },
	{ "LA",    STATE_LAST_ACK,    "then ours, which is not acknowledged" },
	{ "TW",    STATE_TIME_WAIT,   "both FINs are acknowledged" },
	{ "TWfd",  STATE_TIME_WAIT,   "a descriptor whose connection is in TIME_WAIT" },
	{ "fresh", 0,                 "a new descriptor" },
	{ "bound", 0,                 "one with an address" },
	{ "reset", 0,                 "one whose connection was reset" },
	{ "done",  0,                 "one whose connection has ended" },
};
/* clang-format on */

enum { STATES = sizeof(states) / sizeof(*states) };

const struct covers_state *covers_state_at(size_t index)
{
	return index < STATES ? &states[index] : NULL;
}

static const struct covers_state *find_state(const char *name, size_t length)
{
	for (size_t i = 0; i < STATES; i++)
		if (!strncmp(states[i].name, name, length) && !states[i].name[length])
			return &states[i];
	return NULL;
}

bool covers_next(const char **text, struct covers_id *id)
{
	size_t length;

	*text += strspn(*text, " \t,");
	length = strcspn(*text, " \t,");
	if (!length)
		return false;
	id->id = *text;
	id->length = strcspn(*text, " \t,[");
	id->state = NULL;
	if (id->length + 2 <= length && (*text)[length - 1] == ']')
		id->state = find_state(*text + id->length + 1, length - id->length - 2);
	*text += length;
	return true;
}

/* The value of a word that is defined, without its quotes; else the word. */
static const char *value_of(const char *word, size_t length, const struct defines *defines,
                            struct arena *arena)
{
	const char *copy = arena_strndup(arena, word, length), *value = defines_get(defines, copy);

	if (!value)
		return copy;
	length = strlen(value);
	return length >= 2 && *value == '"' ? arena_strndup(arena, value + 1, length - 2) : value;
}

static void wrong_state(const char *name, struct range where, struct arena *arena,
                        struct diag *diag)
{
	const char *known = "";

	for (size_t i = 0; i < STATES; i++)
		known = arena_printf(arena, "%s%s%s", known, i ? ", " : "", states[i].name);
	diag_error(diag, where, "'%s' is not a state that covers knows", name);
	diag_hint(diag, "it knows %s", known);
}

/* Adds the id for each state of a list, "EST,CW" or a word that stands for one. */
static const char *each_state(const char *text, const char *id, const char *list,
                              struct range where, struct arena *arena, struct diag *diag)
{
	for (size_t length; *(list += strspn(list, ", ")); list += length) {
		length = strcspn(list, ", ");
		if (!find_state(list, length)) {
			wrong_state(arena_strndup(arena, list, length), where, arena, diag);
			return NULL;
		}
		text = arena_printf(arena, "%s%s%s[%.*s]", text, *text ? " " : "", id, (int)length,
		                    list);
	}
	return text;
}

/* Where a word of the line ends: the comma in X[EST,CW] ends none. */
static size_t word_length(const char *word)
{
	size_t length = strcspn(word, " \t,["), inner;

	if (word[length] != '[')
		return length;
	inner = strcspn(word + length, "]");
	return length + inner + (word[length + inner] == ']');
}

const char *covers_expand(const char *text, struct range where, const struct defines *defines,
                          struct arena *arena, struct diag *diag)
{
	const char *expanded = "";

	for (size_t length; *(text += strspn(text, " \t,")); text += length) {
		length = word_length(text);
		size_t id_length = strcspn(text, " \t,[");
		const char *id = value_of(text, id_length, defines, arena);

		if (id_length >= length) {
			expanded = arena_printf(arena, "%s%s%s", expanded,
			                        *expanded && *id ? " " : "", id);
			continue;
		}
		const char *list = value_of(text + id_length + 1,
		                            strcspn(text + id_length + 1, "] "), defines, arena);
		expanded = each_state(expanded, id, list, where, arena, diag);
		if (!expanded)
			return NULL;
	}
	return expanded;
}
