#include "editor/hover.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

#include "program/options.h"
#include "program/symbols.h"
#include "program/syscalls.h"
#include "script/directives.h"
#include "wire/tcp_state.h"

/* The lists of tcpclose-script(5), which manual.awk extracts from it. */
static const struct manual_row {
	const char *word, *form, *text;
} manual[] = {
#include "editor/manual.inc"
};

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-';
}

bool hover_word(struct text_line line, size_t byte, size_t *begin, size_t *end)
{
	if (byte > line.length)
		byte = line.length;
	for (*begin = byte; *begin > 0 && is_word(line.begin[*begin - 1]); --*begin)
		;
	for (*end = byte; *end < line.length && is_word(line.begin[*end]); ++*end)
		;
	return *end > *begin;
}

static void write_manual(const char *word, struct text_buffer *text)
{
	for (size_t i = 0; i < sizeof(manual) / sizeof(manual[0]); i++)
		if (!strcmp(manual[i].word, word))
			text_add(text, "`%s`\n\n%s\n\n", manual[i].form, manual[i].text);
}

static void write_call(const char *word, struct text_buffer *text)
{
	const struct syscall_row *row = syscall_find(word);
	size_t arity = row ? syscall_arity(row) : 0;

	if (!row)
		return;
	text_add(text, "`%s(`", row->name);
	for (size_t i = 0; i < arity; i++)
		text_add(text, "%s%s%s", i ? ", " : "", argument_wants(row->arguments[i]),
		         i + row->optional >= arity ? " (may be left out)" : "");
	text_add(text, "`)` = %s\n\n",
	         row->result == RESULT_DESCRIPTOR ? "a new descriptor"
	                                          : "a number, or -1 and an errno");
}

static void write_directive(const char *word, struct text_buffer *text)
{
	const struct directive_row *row = directive_find(word);

	if (row)
		text_add(text, "`%s`: %s\n\n", row->name, row->help);
}

static void write_option(const char *word, struct text_buffer *text)
{
	const struct option_row *row = !strncmp(word, "--", 2) ? option_find(word + 2) : NULL;

	if (row && option_help(row))
		text_add(text, "`--%s`%s\n\n", option_name(row), option_help(row));
}

static void write_constant(const char *word, struct text_buffer *text)
{
	enum tcp_state state;
	int64_t value;

	if (symbol_find(word, &value))
		text_add(text, "`%s` is %" PRId64 "\n\n", word, value);
	else if (isupper((unsigned char)word[0]) && tcp_state_parse(word, &state))
		text_add(text, "`%s`: a state of RFC 9293, section 3.3.2\n\n",
		         tcp_state_name(state));
}

void hover_write(const char *word, struct text_buffer *text)
{
	write_call(word, text);
	write_directive(word, text);
	write_option(word, text);
	write_constant(word, text);
	write_manual(word, text);
}
