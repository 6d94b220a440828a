#include "author/strace_line.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- the front of a line ---- */

/* "1795833320.124428": seconds, and 3 to 9 digits behind the point. */
static bool read_time(char **at, usec_t *time)
{
	usec_t unit = USEC_PER_SEC;
	char *rest;
	unsigned long long seconds = strtoull(*at, &rest, 10);

	if (!isdigit((unsigned char)**at) || *rest != '.' || !isdigit((unsigned char)rest[1]) ||
	    seconds > UINT32_MAX)
		return false;
	*time = (usec_t)seconds * (usec_t)USEC_PER_SEC;
	for (rest++; isdigit((unsigned char)*rest); rest++)
		*time += (*rest - '0') * (unit /= 10);
	*at = rest;
	return true;
}

/* "30289 " or "[pid 30289] "; neither where strace follows one process only. */
static bool read_pid(char **at, unsigned *pid)
{
	bool brackets = !strncmp(*at, "[pid", 4);
	char *digits = brackets ? *at + 4 : *at, *rest;
	unsigned long number = strtoul(digits, &rest, 10);

	if (rest == digits || number > UINT32_MAX / 2 || (brackets && *rest++ != ']') ||
	    *rest != ' ')
		return false;
	*pid = (unsigned)number;
	*at = rest + strspn(rest, " ");
	return true;
}

static bool cut_end(char *text, const char *end)
{
	size_t length = strlen(text), of_end = strlen(end);

	if (length < of_end || strcmp(text + length - of_end, end))
		return false;
	text[length - of_end] = '\0';
	return true;
}

/* The kind of what stands behind the time; the text of a call is left of it. */
static enum strace_kind kind_of(struct strace_line *line)
{
	char *end;

	if (!strncmp(line->text, "+++ ", 4))
		return STRACE_ENDED;
	if (!strncmp(line->text, "--- ", 4))
		return STRACE_OTHER;
	if (!strncmp(line->text, "<... ", 5)) {
		end = strstr(line->text, " resumed>");
		if (!end)
			return STRACE_OTHER;
		line->text = end + sizeof(" resumed>") - 1;
		return STRACE_RESUMED;
	}
	return cut_end(line->text, " <unfinished ...>") ? STRACE_BEGUN : STRACE_CALL;
}

const char *strace_line_read(char *text, struct strace_line *line)
{
	char *at = text;

	*line = (struct strace_line){ .kind = STRACE_OTHER };
	if (!strncmp(text, "strace: ", 8))
		return NULL;
	read_pid(&at, &line->pid);
	if (!read_time(&at, &line->at) || *at != ' ')
		return "it does not begin with a time as strace -ttt writes it";
	line->text = at + strspn(at, " ");
	line->kind = kind_of(line);
	return NULL;
}

/* ---- a call ---- */

/* Behind a string that begins at `at`. */
static char *skip_string(char *at)
{
	for (at++; *at && *at != '"'; at++)
		if (*at == '\\' && at[1])
			at++;
	return *at ? at + 1 : at;
}

/* Where an argument ends: at a comma or a bracket that is not inside another. */
static char *argument_end(char *at)
{
	int depth = 0;

	while (*at) {
		if (*at == '"') {
			at = skip_string(at);
			continue;
		}
		if (!depth && (*at == ',' || *at == ')'))
			return at;
		depth += strchr("([{", *at) != NULL;
		depth -= strchr(")]}", *at) != NULL;
		at++;
	}
	return at;
}

/* The arguments up to the closing bracket; what is beyond STRACE_ARGUMENTS is passed over. */
static char *read_arguments(char *at, struct strace_call *call)
{
	for (;;) {
		at += strspn(at, " ");
		char *end = argument_end(at), ended = *end;

		if (!ended)
			return NULL;
		if (end > at && call->argument_count < STRACE_ARGUMENTS)
			call->arguments[call->argument_count++] = at;
		*end = '\0';
		at = end + 1;
		if (ended == ')')
			return at;
	}
}

/* "<0.000123>" at the end, which -T writes. */
static void read_duration(char *text, struct strace_call *call)
{
	char *open = strrchr(text, '<'), *at = open ? open + 1 : NULL;
	usec_t took;

	if (!open || open == text || open[-1] != ' ' || !read_time(&at, &took) || *at != '>')
		return;
	call->until = call->at + took;
	open[-1] = '\0';
}

/* An errno of Linux's is in capital letters and digits. */
static void read_error(char *at, struct strace_call *call)
{
	size_t length = strspn(at, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	if (*at != 'E' || length < 2)
		return;
	at[length] = '\0';
	call->error = at;
}

/* An annotation of a path may have blanks in it, one of a socket has none. */
static bool read_result(char *at, struct strace_call *call)
{
	at += strspn(at, " ");
	if (*at != '=' || at[1] != ' ' || !at[2] || at[2] == ' ')
		return false;
	read_duration(at, call);
	call->result = at + 2;
	at += 2 + strcspn(at + 2, " ");
	if (*at) {
		*at++ = '\0';
		read_error(at, call);
	}
	return true;
}

bool strace_call_read(char *text, struct strace_call *call)
{
	size_t name =
		strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

	if (!name || text[name] != '(')
		return false;
	text[name] = '\0';
	call->name = text;
	call->argument_count = 0;
	call->error = NULL;
	char *rest = read_arguments(text + name + 1, call);
	return rest && read_result(rest, call);
}

bool strace_mentions(const struct strace_call *call, const char *word)
{
	for (size_t i = 0; i < call->argument_count; i++)
		if (call->arguments[i][0] != '"' && strstr(call->arguments[i], word))
			return true;
	return false;
}

int strace_descriptor(const char *text)
{
	char *rest;
	unsigned long number = text ? strtoul(text, &rest, 10) : 0;

	return text && isdigit((unsigned char)*text) && (*rest == '<' || !*rest) && number < 1 << 30
	               ? (int)number
	               : -1;
}
