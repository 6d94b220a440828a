#include "report/style.h"

#include <assert.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

static bool locale_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *value = getenv(names[i]);

		if (value && *value)
			return strcasestr(value, "UTF-8") || strcasestr(value, "UTF8");
	}
	return false;
}

struct style style_of(FILE *out)
{
	const char *refused = getenv("NO_COLOR");
	int fd = fileno(out);

	return (struct style){
		.colour = fd >= 0 && isatty(fd) && !(refused && *refused),
		.unicode = locale_is_utf8(),
	};
}

const char *style_begin(struct style style, enum style_colour colour)
{
	static const char *const codes[] = {
		[COLOUR_BAD] = "\033[31m",  [COLOUR_GOOD] = "\033[32m",  [COLOUR_ODD] = "\033[33m",
		[COLOUR_FAINT] = "\033[2m", [COLOUR_STRONG] = "\033[1m",
	};

	return style.colour ? codes[colour] : "";
}

const char *style_end(struct style style)
{
	return style.colour ? "\033[0m" : "";
}

enum style_colour style_of_verdict(enum verdict_kind kind)
{
	static const enum style_colour colours[] = {
		/* clang-format off */
		[VERDICT_NONE] = COLOUR_BAD,    [VERDICT_PASS] = COLOUR_GOOD,
		[VERDICT_FAIL] = COLOUR_BAD,    [VERDICT_XFAIL] = COLOUR_FAINT,
		[VERDICT_XPASS] = COLOUR_ODD,   [VERDICT_SKIP] = COLOUR_FAINT,
		[VERDICT_INVALID] = COLOUR_ODD, [VERDICT_ERROR] = COLOUR_BAD,
		[VERDICT_CHECKED] = COLOUR_GOOD,
		/* clang-format on */
	};

	static_assert(sizeof(colours) / sizeof(*colours) == VERDICT_KINDS,
	              "each kind has a colour");

	return (unsigned)kind < VERDICT_KINDS ? colours[kind] : COLOUR_BAD;
}
