#include "report/claims_row.h"

#include <ctype.h>
#include <stddef.h>
#include <string.h>

/* Capitals, digits, small letters behind a digit, and a dot before one. */
static bool is_of_id(const char *text, size_t i)
{
	unsigned char c = (unsigned char)text[i];

	if (isupper(c) || isdigit(c))
		return true;
	if (i == 0)
		return false;
	return c == '.' ? isdigit((unsigned char)text[i + 1]) != 0
	                : islower(c) && isdigit((unsigned char)text[i - 1]);
}

/* D3-09, FW2t-ACK, RFC5961-3.2: with at least one dash in it. */
static bool is_id(const char *text, size_t length)
{
	bool dash = false;

	for (size_t i = 0; i < length; i++) {
		if (!is_of_id(text, i) && text[i] != '-')
			return false;
		dash |= text[i] == '-' && i > 0 && i + 1 < length;
	}
	return dash && isupper((unsigned char)*text);
}

/* D3: capitals and digits, with at least one of each. */
static bool is_document(const char *text, size_t length)
{
	size_t digits = 0;

	for (size_t i = 0; i < length; i++) {
		if (!isupper((unsigned char)text[i]) && !isdigit((unsigned char)text[i]))
			return false;
		digits += isdigit((unsigned char)text[i]) != 0;
	}
	return digits && digits < length && isupper((unsigned char)*text);
}

/*
 * The cell behind the bar at *bar, without the blanks around it; "" when there is none. *bar is the
 * next one then, or the end of the line.
 */
static const char *next_cell(const char **bar, struct arena *arena)
{
	const char *cell;
	size_t length;

	if (**bar != '|')
		return "";
	cell = *bar + 1 + strspn(*bar + 1, " \t");
	length = strcspn(cell, "|\n");
	*bar = cell + length;
	while (length && isspace((unsigned char)cell[length - 1]))
		length--;
	return arena_strndup(arena, cell, length);
}

/* What follows the marker at the beginning of a cell; NULL when the cell does not begin with it. */
static const char *behind(const char *cell, const char *marker)
{
	size_t length = strlen(marker);

	return strncmp(cell, marker, length) ? NULL : cell + length + strspn(cell + length, " ");
}

/* The list of "[FW1,FW2]"; NULL when there is none. */
static const char *states_of(const char *bracket, struct arena *arena)
{
	return *bracket == '[' ? arena_strndup(arena, bracket + 1, strcspn(bracket + 1, "]|\n"))
	                       : NULL;
}

bool claims_row(const char *line, struct arena *arena, struct claims_row *row)
{
	const char *cell = line + strspn(line, " \t"), *bar, *last;
	size_t length;

	if (*cell != '|')
		return false;
	cell += 1 + strspn(cell + 1, " \t`*");
	/* ALL-SYN[FW1,FW2] is ALL-SYN in two states. */
	length = strcspn(cell, " \t`*|[\n");
	bar = cell + strcspn(cell, "|\n");
	*row = (struct claims_row){ .text = next_cell(&bar, arena) };
	row->document = !is_id(cell, length) && *row->text && is_document(cell, length);
	if (!row->document && !is_id(cell, length))
		return false;
	row->id = arena_strndup(arena, cell, length);
	row->states = states_of(cell + length, arena);
	last = next_cell(&bar, arena);
	row->not_shown = behind(last, "not shown:");
	while (*bar == '|' && bar[1 + strspn(bar + 1, " \t")] != '\n' && bar[1])
		last = next_cell(&bar, arena);
	row->asks = behind(last, "asks:");
	return true;
}
