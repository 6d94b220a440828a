#include "program/linting.h"

#include <ctype.h>
#include <stdarg.h>
#include <string.h>

static const char meant[] = "// meant: ";

/* The words behind it are for the reader, but there must be some. */
static bool says_meant(const char *line, size_t length)
{
	const char *found = memmem(line, length, meant, sizeof(meant) - 1);

	return found && found + sizeof(meant) - 1 < line + length;
}

static bool is_comment(const char *line, size_t length)
{
	while (length && isspace((unsigned char)*line))
		line++, length--;
	return length >= 2 && !memcmp(line, "//", 2);
}

static bool is_meant(const struct linting *l, const struct step *step)
{
	struct location at, above;

	if (!sources_locate(l->sources, step->where.begin, &at))
		return false;
	if (says_meant(at.line_text, at.line_length))
		return true;
	return at.line > 1 && sources_locate(l->sources, step->where.begin - at.column, &above) &&
	       is_comment(above.line_text, above.line_length) &&
	       says_meant(above.line_text, above.line_length);
}

bool lint_warn(struct linting *l, const struct step *step, struct range where, const char *format,
               ...)
{
	va_list args;

	if (is_meant(l, step))
		return false;
	va_start(args, format);
	diag_warning(l->diag, where, "%s", arena_vprintf(l->arena, format, args));
	va_end(args);
	return true;
}
