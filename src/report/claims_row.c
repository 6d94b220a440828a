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

bool claims_row(const char *line, struct arena *arena, struct claims_row *row)
{
	static const char marker[] = "not shown:";
	const char *cell = line + strspn(line, " \t"), *bar, *third;
	size_t length;

	if (*cell != '|')
		return false;
	cell += 1 + strspn(cell + 1, " \t`*");
	/* ALL-SYN[FW1,FW2] is ALL-SYN. */
	length = strcspn(cell, " \t`*|[\n");
	bar = cell + strcspn(cell, "|\n");
	row->text = next_cell(&bar, arena);
	row->document = !is_id(cell, length) && *row->text && is_document(cell, length);
	if (!row->document && !is_id(cell, length))
		return false;
	row->id = arena_strndup(arena, cell, length);
	third = next_cell(&bar, arena);
	row->not_shown = NULL;
	if (!strncmp(third, marker, sizeof(marker) - 1))
		row->not_shown =
			third + sizeof(marker) - 1 + strspn(third + sizeof(marker) - 1, " ");
	return true;
}
