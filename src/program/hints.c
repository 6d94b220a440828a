#include "program/hints.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "base/text.h"
#include "program/records.h"
#include "program/syscalls.h"

/* ---- flags ---- */

static const struct {
	const char *name;
	char letter;
} flags[] = {
	{ "FIN", 'F' }, { "SYN", 'S' }, { "RST", 'R' }, { "PSH", 'P' },
	{ "URG", 'U' }, { "ECE", 'E' }, { "CWR", 'W' }, { "ACK", '.' },
};

/* Makes "F." of FIN_ACK. Returns false when there is anything else in the word. */
static bool letters_of(const char *word, char *letters)
{
	char *begin = letters;

	while (*word) {
		size_t i = 0, count = sizeof(flags) / sizeof(*flags);

		word += *word == '_' && letters > begin;
		while (i < count && strncasecmp(word, flags[i].name, 3))
			i++;
		if (i == count || letters - begin == (ptrdiff_t)count)
			return false;
		*letters++ = flags[i].letter;
		word += 3;
	}
	*letters = '\0';
	return letters > begin;
}

void hint_flags(struct diag *diag, const char *word)
{
	char letters[sizeof(flags) / sizeof(*flags) + 1];

	if (letters_of(word, letters))
		diag_hint(diag, "flags are letters, and ACK is a dot: %s", letters);
	else
		diag_hint(diag, "the flags are F S R P . U E W A, and - for none");
}

/* ---- structures ---- */

static const struct {
	const char *option, *layout;
} structures[] = {
	{ "SO_LINGER", "linger" },
	{ "SO_RCVTIMEO", "timeval" },
	{ "SO_SNDTIMEO", "timeval" },
	{ "TCP_INFO", "tcp_info" },
	{ "TCP_REPAIR_WINDOW", "tcp_repair_window" },
	{ "TCP_ZEROCOPY_RECEIVE", "tcp_zerocopy_receive" },
};

static const struct record_layout *layout_of(const char *option)
{
	for (size_t i = 0; option && i < sizeof(structures) / sizeof(*structures); i++)
		if (!strcmp(structures[i].option, option))
			return record_find(structures[i].layout);
	return NULL;
}

/* Writes the numbers again, with the names of the first fields. */
static void name_fields(struct diag *diag, const struct record_layout *layout,
                        const struct value *written)
{
	enum { SHOWN = 2 };
	char fields[256];
	struct text_buffer text = text_begin(fields, sizeof(fields));
	size_t count = written->count ? written->count : SHOWN;

	for (size_t i = 0; i < count && i < layout->count; i++) {
		bool number = i < written->count && written->items[i].kind == VALUE_NUMBER;

		text_add(&text, "%s%s=", i ? ", " : "", layout->fields[i].name);
		if (number)
			text_add(&text, "%" PRId64, written->items[i].number);
		else
			text_add(&text, "N");
	}
	diag_hint(diag, "it is a struct %s, whose fields have names: {%s}", layout->name, fields);
}

void hint_argument(struct diag *diag, const struct call_want *call, size_t index)
{
	enum argument_kind kind = call->row->arguments[index];
	const struct record_layout *layout;

	if ((kind != ARG_OPTION_IN && kind != ARG_OPTION_OUT) || index == 0)
		return;
	layout = layout_of(call->arguments[index - 1].name);
	if (layout)
		name_fields(diag, layout, &call->arguments[index]);
}
