#include "suite/condition.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "base/suggest.h"
#include "config.h"
#include "kernel/netns.h"

/*
 * What a check needs: the words behind the name of the condition, and where to say what is wrong.
 */
struct asking {
	struct phrase *phrase;
	struct diag *diag;
	char *why;
};

__attribute__((format(printf, 2, 3))) static enum condition missing(struct asking *ask,
                                                                    const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(ask->why, CONDITION_TEXT, format, args);
	va_end(args);
	return CONDITION_FAILS;
}

/* ---- comparing ---- */

static bool relation_holds(const char *relation, int order, bool *known)
{
	static const struct {
		const char *name;
		bool less, equal, greater;
	} rows[] = {
		{ "<", true, false, false }, { "<=", true, true, false },
		{ "=", false, true, false }, { "==", false, true, false },
		{ ">=", false, true, true }, { ">", false, false, true },
		{ "!=", true, false, true },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (!strcmp(rows[i].name, relation)) {
			*known = true;
			return order < 0   ? rows[i].less
			       : order > 0 ? rows[i].greater
			                   : rows[i].equal;
		}
	*known = false;
	return false;
}

static bool is_version(const char *text)
{
	return isdigit((unsigned char)text[0]) && strspn(text, "0123456789.") == strlen(text);
}

/*
 * Compares versions by as many numbers as `wanted` has: 6.12.3 is equal to 6.12. The result is less
 * than, equal to or greater than 0 when `version` is older, the same or newer.
 */
static int version_compare(const char *version, const char *wanted)
{
	while (isdigit((unsigned char)*wanted)) {
		char *version_end, *wanted_end;

		/* A number that the version does not have is 0. */
		if (!isdigit((unsigned char)*version))
			version = "0";
		unsigned long have = strtoul(version, &version_end, 10);
		unsigned long want = strtoul(wanted, &wanted_end, 10);
		if (have != want)
			return have < want ? -1 : 1;
		version = *version_end == '.' ? version_end + 1 : "";
		wanted = *wanted_end == '.' ? wanted_end + 1 : wanted_end;
	}
	return 0;
}

/* ---- the conditions ---- */

/*
 * What is behind the name of a condition that compares a version, and whether `have` fulfils it.
 * Returns CONDITION_WRONG, which was reported, when it is not well formed.
 */
static enum condition check_version(struct asking *ask, const char *have,
                                    struct phrase_word *relation, struct phrase_word *version,
                                    const char *example)
{
	bool known;

	if (!phrase_next(ask->phrase, relation) || !phrase_next(ask->phrase, version) ||
	    !is_version(version->text)) {
		diag_error(ask->diag, relation->where, "this is written %s", example);
		return CONDITION_WRONG;
	}
	bool holds = relation_holds(relation->text, version_compare(have, version->text), &known);
	if (!known) {
		diag_error(ask->diag, relation->where,
		           "'%s' cannot compare; write <, <=, =, >=, > or !=", relation->text);
		return CONDITION_WRONG;
	}
	return holds ? CONDITION_HOLDS : CONDITION_FAILS;
}

static enum condition check_kernel(struct asking *ask)
{
	struct phrase_word relation, version;
	struct utsname system;

	uname(&system);
	enum condition condition =
		check_version(ask, system.release, &relation, &version, "kernel >= 6.10");
	if (condition != CONDITION_WRONG && ask->phrase->stack)
		return missing(ask, "needs kernel %s %s, but this is a stack", relation.text,
		               version.text);
	return condition != CONDITION_FAILS ? condition
	                                    : missing(ask, "needs kernel %s %s, but this is %.100s",
	                                              relation.text, version.text, system.release);
}

/* Of the tool itself: what an older one cannot read is no mistake of the script. */
static enum condition check_tcpclose(struct asking *ask)
{
	struct phrase_word relation, version;
	enum condition condition =
		check_version(ask, PACKAGE_VERSION, &relation, &version, "tcpclose >= 0.2");

	if (condition != CONDITION_FAILS)
		return condition;
	missing(ask, "needs tcpclose %s %s, but this is %s", relation.text, version.text,
	        PACKAGE_VERSION);
	return CONDITION_OTHER_TOOL;
}

static bool need_word(struct asking *ask, const char *what, struct phrase_word *word)
{
	if (phrase_next(ask->phrase, word))
		return true;
	diag_error(ask->diag, word->where, "%s is missing here", what);
	return false;
}

static enum condition check_sysctl(struct asking *ask)
{
	struct phrase_word name, relation, wanted;
	char value[4096], error[FAULT_TEXT], *end;
	bool known, compares = false;

	if (!need_word(ask, "the sysctl's name", &name))
		return CONDITION_WRONG;
	if (phrase_peek(ask->phrase, &relation) && strspn(relation.text, "<>=!")) {
		phrase_next(ask->phrase, &relation);
		if (!need_word(ask, "the sysctl's value", &wanted))
			return CONDITION_WRONG;
		compares = true;
	}
	if (sysctl_read(name.text, value, sizeof(value), error) != FAULT_NONE)
		return missing(ask, "needs the sysctl: %.200s", error);
	if (!compares)
		return CONDITION_HOLDS;
	long have = strtol(value, &end, 0), want = strtol(wanted.text, NULL, 0);
	int order =
		*end || end == value ? strcmp(value, wanted.text) : (have > want) - (have < want);
	bool holds = relation_holds(relation.text, order, &known);
	if (!known) {
		diag_error(ask->diag, relation.where, "'%s' cannot compare", relation.text);
		return CONDITION_WRONG;
	}
	return holds ? CONDITION_HOLDS
	             : missing(ask, "needs sysctl %.80s %s %.40s, but it is %.40s", name.text,
	                       relation.text, wanted.text, value);
}

/*
 * This also looks where the system's own programs are, which are not in the PATH of an ordinary
 * user.
 */
static bool program_exists(struct arena *arena, const char *name)
{
	const char *path = getenv("PATH");

	if (strchr(name, '/'))
		return access(name, X_OK) == 0;
	path = arena_printf(arena, "%s:/usr/local/sbin:/usr/sbin:/sbin",
	                    path ? path : "/usr/bin:/bin");
	while (*path) {
		size_t length = strcspn(path, ":");

		if (access(arena_printf(arena, "%.*s/%s", (int)length, path, name), X_OK) == 0)
			return true;
		path += length + (path[length] == ':');
	}
	return false;
}

static enum condition check_program(struct asking *ask)
{
	struct phrase_word name;

	if (!need_word(ask, "the program's name", &name))
		return CONDITION_WRONG;
	return program_exists(ask->phrase->arena, name.text)
	               ? CONDITION_HOLDS
	               : missing(ask, "needs the program %.200s, which is not installed",
	                         name.text);
}

/* A relative name counts from the folder of the text that it is in, as that of an include does. */
static const char *beside(const struct phrase *phrase, const char *name)
{
	const char *slash = phrase->path ? strrchr(phrase->path, '/') : NULL;

	return *name == '/' || !slash
	               ? name
	               : arena_printf(phrase->arena, "%.*s%s", (int)(slash + 1 - phrase->path),
	                              phrase->path, name);
}

static enum condition check_file(struct asking *ask)
{
	struct phrase_word name;

	if (!need_word(ask, "the file's name", &name))
		return CONDITION_WRONG;
	const char *path = beside(ask->phrase, name.text);
	return access(path, R_OK) == 0 ? CONDITION_HOLDS
	                               : missing(ask, "needs %.150s: %s", path, strerror(errno));
}

/* When a name follows, it is compared when the test has its stack: see run/left_out.h. */
static enum condition check_stack(struct asking *ask)
{
	struct phrase_word name;

	phrase_next(ask->phrase, &name);
	return ask->phrase->stack ? CONDITION_HOLDS
	                          : missing(ask,
	                                    "needs a TCP stack%s%.100s (--so_filename, "
	                                    "--stack), but this is the kernel",
	                                    *name.text ? ", " : "", name.text);
}

static enum condition check_root(struct asking *ask)
{
	return geteuid() == 0 ? CONDITION_HOLDS : missing(ask, "needs root");
}

static const struct condition_row {
	const char *name;
	enum condition (*check)(struct asking *ask);
} rows[] = {
	/* clang-format off */
	{ "kernel",   check_kernel },
	{ "sysctl",   check_sysctl },
	{ "program",  check_program },
	{ "file",     check_file },
	{ "root",     check_root },
	{ "stack",    check_stack },
	{ "tcpclose", check_tcpclose },
	/* clang-format on */
};

enum { ROWS = sizeof(rows) / sizeof(*rows) };

enum condition condition_check(struct phrase *phrase, struct diag *diag, char why[CONDITION_TEXT])
{
	struct asking ask = { phrase, diag, why };
	struct phrase_word name;

	*why = '\0';
	if (!phrase_next(phrase, &name)) {
		diag_error(
			diag, name.where,
			"what is required? kernel, sysctl, program, file, root, stack or tcpclose");
		return CONDITION_WRONG;
	}
	struct suggestion near = { .wanted = name.text };
	for (size_t i = 0; i < ROWS; i++) {
		if (!strcmp(rows[i].name, name.text))
			return rows[i].check(&ask);
		suggest_offer(&near, rows[i].name);
	}
	diag_error(diag, name.where,
	           "'%s' is not a condition; there are kernel, sysctl, program, file, root, stack "
	           "and tcpclose",
	           name.text);
	if (near.best)
		diag_hint(diag, "did you mean %s?", near.best);
	return CONDITION_WRONG;
}
