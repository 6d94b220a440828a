#include "suite/command_parse.h"

#include <limits.h>
#include <string.h>
#include <unistd.h>

#include "guest/share.h"
#include "report/formats.h"
#include "suite/command_files.h"
#include "suite/command_options.h"
#include "suite/command_setters.h"
#include "suite/command_together.h"
#include "suite/play.h"
#include "suite/rerun.h"

enum { GOOD = COMMAND_LINE_GOOD };

/* What is said to a shared object that was named before; otherwise it is said to each. */
static bool add_flags(struct suite_options *suite, const char *value)
{
	unsigned count = suite->subject_count;

	if (!count || suite->subjects[count - 1].kind != TESTED_LIBRARY)
		return false;
	suite->subjects[count - 1].flags = value;
	return true;
}

static int give_option(struct command_line *line, const struct option_row *row, const char *value)
{
	struct settings scratch;

	settings_init(&scratch, line->suite.packetdrill);
	const char *why = option_set(row, value, &scratch, line->arena);
	if (why)
		return command_line_error(line, "--%s: %s", option_name(row), why);
	if (!strcmp(option_name(row), "define"))
		defines_add(&line->defines, line->arena, value, true);
	line->suite.verbose |= scratch.verbose;
	enum subject_kind kind = subject_kind_of(option_name(row));
	if (kind != TESTED_DEFAULT)
		return command_add_subject(line, kind, value);
	if (!strcmp(option_name(row), "so_flags") && add_flags(&line->suite, value))
		return GOOD;
	/* A test has one family, which its own command names. */
	if (strcmp(option_name(row), "ip_version"))
		rerun_add(&line->suite, line->arena, option_name(row), value, false);
	struct given_option *given = arena_alloc(line->arena, sizeof(*given));
	given->row = row;
	given->value = value;
	*line->next_given = given;
	line->next_given = &given->next;
	return GOOD;
}

/*
 * --name, --name=value or --name value. `next` is the next word, and *used tells that it was taken.
 */
static int long_option(struct command_line *line, const char *word, const char *next, bool *used)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	const char *name = arena_strndup(line->arena, word, length);
	const struct command_option *own = length > 1 ? command_option_find(word, length) : NULL;
	const struct option_row *row = own ? NULL : option_find(name);
	const char *value = equals ? equals + 1 : NULL;

	if (!own && !row)
		return command_option_unknown(line, name);
	enum command_wants wants = own ? own->wants : option_has_value(row) ? VALUE : NO_VALUE;
	if (wants == VALUE && !value) {
		if (!next)
			return command_line_error(line, "--%s wants a value", name);
		/* The value was probably forgotten. */
		if (!strncmp(next, "--", 2))
			return command_line_error(line,
			                          "--%s wants a value: write --%s=%s if that is it",
			                          name, name, next);
		value = next;
		*used = true;
	}
	if (wants == MAYBE_NEXT && !value && next && *next != '-') {
		value = next;
		*used = true;
	}
	if (wants == NO_VALUE && value)
		return command_line_error(line, "--%s takes no value", name);
	return own ? command_option_set(line, own, value) : give_option(line, row, value);
}

/* -v, -D NAME=VALUE, -DNAME=VALUE, -j4 */
static int short_option(struct command_line *line, const char *word, const char *next, bool *used)
{
	const char *name = *word == 'v' ? "verbose" : *word == 'D' ? "define" : NULL;
	const struct command_option *own = name ? NULL : command_option_find(word, 1);
	bool wants = own ? own->wants == VALUE : *word == 'D';

	if (!name && !own)
		return command_line_error(line, "unknown option -%s", word);
	if (!wants && word[1])
		return command_line_error(line, "-%s: one letter at a time, please", word);
	const char *value = !wants ? NULL : word[1] ? word + 1 : next;
	if (wants && (!value || (value == next && !strncmp(next, "--", 2))))
		return command_line_error(line, "-%s wants a value", word);
	*used = wants && !word[1];
	return own ? command_option_set(line, own, value)
	           : give_option(line, option_find(name), value);
}

static int read_words(struct command_line *line, int argc, char **argv)
{
	bool options = true;

	for (int i = 1; i < argc; i++) {
		const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
		bool used = false;
		int status = GOOD;

		if (options && !strcmp(word, "--"))
			options = false;
		else if (options && !strncmp(word, "--", 2))
			status = long_option(line, word + 2, next, &used);
		else if (options && word[0] == '-' && word[1])
			status = short_option(line, word + 1, next, &used);
		else
			status = command_line_add_path(line, word);
		if (status != GOOD)
			return status;
		i += used;
	}
	if (!line->suite.subject_count)
		line->suite.subject_count = 1; /* TESTED_DEFAULT */
	/* What two stacks may do, the model knows. */
	for (unsigned i = 0; i < line->suite.subject_count; i++)
		line->suite.shadow |=
			line->suite.subject_count > 1 && subject_is_stack(&line->suite.subjects[i]);
	return GOOD;
}

/* Seconds that a test may take without being asked for; packetdrill plays all tests. */
enum { LONGEST = 100 };

enum { JOBS_OF_CPU = 80 };

static void set_defaults(struct command_line *line, const char *const *words)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	const char *program = words[0] ? words[0] : "tcpclose-run", *slash = strrchr(program, '/');

	line->suite.program_name = slash ? slash + 1 : program;
	line->suite.words = words;
	line->suite.packetdrill = !strcmp(line->suite.program_name, "packetdrill");
	line->suite.chdir = !line->suite.packetdrill;
	line->suite.jobs = cpus <= 0                       ? JOBS_OF_CPU
	                   : cpus < JOBS_MAX / JOBS_OF_CPU ? (unsigned)(JOBS_OF_CPU * cpus)
	                                                   : JOBS_MAX;
	line->suite.setups = cpus <= 0 ? 1 : cpus < JOBS_MAX ? (unsigned)cpus : JOBS_MAX;
	line->suite.repeat = 1;
	line->suite.wire.port = 8081;
	line->suite.model = MODEL_LINUX;
	line->explore.folder = "explored";
	line->explore.seed = 1;
	line->suite.longest = line->suite.packetdrill ? UINT_MAX : LONGEST;
	line->suite.selection = selection_new(line->arena);
	line->suite.defines = &line->defines;
	line->next_given = (struct given_option **)&line->suite.given;
	line->outputs.list[0].format = report_formats[0];
	line->outputs.list[0].only = true;
	line->outputs.count = 1;
	script_paths_init(&line->scripts);
	script_paths_init(&line->named);
}

/* What a guest writes goes where its host finds it. */
static void leave_in_share(struct command_line *line)
{
	if (line->suite.pcap_path)
		line->suite.pcap_path = SHARE_INSIDE "/" SHARE_PCAP;
	if (line->suite.record_path)
		line->suite.record_path = SHARE_INSIDE "/" SHARE_RECORDING;
}

int command_parse(struct command_line *line, int argc, char **argv)
{
	set_defaults(line, (const char *const *)argv);
	int status = read_words(line, argc, argv);
	if (status == GOOD)
		status = command_together_check(line);
	if (status == GOOD)
		status = command_files_read(line);
	if (line->suite.in_guest)
		leave_in_share(line);
	if (line->suite.wire.client || line->suite.virtual_time || line->suite.verbose ||
	    line->suite.pcap_path || line->suite.record_path)
		line->suite.jobs = 1; /* a wire server has one client at a time */
	return status;
}
