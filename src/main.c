/*
 * tcpclose-run: the command line, and then the chain
 * text -> script -> program -> run -> verdict -> report, which the suite walks for every test.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/suggest.h"
#include "config.h"
#include "suite/suite.h"

enum { OUTPUTS_MAX = 8 };

struct command_line {
	struct arena *arena;
	struct suite_options suite;
	struct given_option **next_given;
	struct defines defines;
	/* The first is the report of the terminal, or of --output; the others are --report's. */
	struct report_output outputs[OUTPUTS_MAX];
	const char *output_paths[OUTPUTS_MAX];
	size_t output_count;
	struct script_paths scripts;
	const char *program_name;
};

enum { OK = -1 };                       /* of a handler: go on */

/* ---- options of the program itself; those of a script are in program/options.c ---- */

static int set_help(struct command_line *line, const char *value);

static int usage_error(const struct command_line *line, const char *format, const char *a,
                       const char *b)
{
	fprintf(stderr, "%s: ", line->program_name);
	fprintf(stderr, format, a, b);
	fprintf(stderr, "\nTry '%s --help'.\n", line->program_name);
	return SUITE_BAD_SCRIPT;
}

static int set_version(struct command_line *line, const char *value)
{
	(void)line, (void)value;
	printf("tcpclose-run %s\n", PACKAGE_VERSION);
	return SUITE_PASSED;
}

static int set_number(struct command_line *line, const char *name, const char *value, long most,
                      unsigned *number)
{
	char *end;
	long n = strtol(value, &end, 10);
	if (end == value || *end || n < 1 || n > most)
		return usage_error(line, "--%s wants a number from 1 on, not '%s'", name, value);
	*number = (unsigned)n;
	return OK;
}

static int set_jobs(struct command_line *line, const char *value)
{
	return set_number(line, "jobs", value, 256, &line->suite.jobs);
}

static int set_timeout(struct command_line *line, const char *value)
{
	unsigned seconds;
	int status = set_number(line, "timeout", value, 1000000, &seconds);
	if (status == OK)
		line->suite.time_limit = seconds * (usec_t)USEC_PER_SEC;
	return status;
}

static int set_format(struct command_line *line, const char *value)
{
	line->outputs[0].format = report_format_find(value);
	if (!line->outputs[0].format)
		return usage_error(line, "there is no report format '%s'", value, "");
	return OK;
}

static int set_output(struct command_line *line, const char *value)
{
	line->output_paths[0] = value;
	return OK;
}

static int set_report(struct command_line *line, const char *value)
{
	size_t i = line->output_count;
	if (i == OUTPUTS_MAX)
		return usage_error(line, "--report %s is one too many", value, "");
	line->outputs[i].format = report_format_of_file(value);
	if (!line->outputs[i].format)
		return usage_error(line, "the ending of %s is that of no report format%s", value, "");
	line->output_paths[i] = value;
	line->output_count++;
	return OK;
}

static int set_case(struct command_line *line, const char *value)
{
	line->suite.case_name = value;
	return OK;
}

static int set_pcap(struct command_line *line, const char *value)
{
	line->suite.pcap_path = value;
	return OK;
}

static int set_record(struct command_line *line, const char *value)
{
	line->suite.record_path = value;
	return OK;
}

static int set_replay(struct command_line *line, const char *value)
{
	line->suite.replay_path = value;
	return OK;
}

static int set_no_commands(struct command_line *line, const char *value)
{
	(void)value;
	line->suite.no_commands = true;
	return OK;
}

static const struct program_option {
	char letter;                    /* 0: none */
	const char *name;
	bool has_value;
	const char *help;
	int (*set)(struct command_line *line, const char *value);
} program_options[] = {
	{ 'h', "help", false, "  this text", set_help },
	{ 0, "version", false, "  print the version of the program", set_version },
	{ 'j', "jobs", true, "=N  tests side by side (4 for each CPU, at most 128)", set_jobs },
	{ 0, "timeout", true, "=N  seconds for one test (3 * the script's own + 30)", set_timeout },
	{ 0, "format", true, "=NAME  of the report: text, tap, junit, json or html", set_format },
	{ 'o', "output", true, "=FILE  write the report there, not to standard output", set_output },
	{ 0, "report", true, "=FILE  write one more, as .html, .json, .xml, .tap or .txt", set_report },
	{ 0, "case", true, "=NAME  only this row of a script's table of cases", set_case },
	{ 0, "pcap", true, "=FILE  what was on the wire (one test only)", set_pcap },
	{ 0, "record", true, "=FILE  all that the kernel answered (one test only)", set_record },
	{ 0, "replay", true, "=FILE  play a recording instead of a kernel", set_replay },
	{ 0, "no_commands", false, "  skip scripts that run shell commands or code", set_no_commands },
};

enum { PROGRAM_OPTIONS = sizeof program_options / sizeof *program_options };

/* "=N  tests side by side (4 for each CPU, at most 128)" comes in two columns; what does not fit in the first has its own line. */
static void print_option(char letter, const char *name, const char *help)
{
	enum { INDENT = 6, COLUMN = 28 };
	int value = (int)strcspn(help, " "), used = INDENT + 2 + (int)strlen(name) + value;
	char short_name[] = { '-', letter, ',', '\0' };
	const char *text = help + value + strspn(help + value, " ");
	printf("  %3s --%s%.*s", letter ? short_name : "", name, value, help);
	if (used > COLUMN - 2)
		printf("\n%*s%s\n", COLUMN, "", text);
	else
		printf("%*s%s\n", COLUMN - used, "", text);
}

static int set_help(struct command_line *line, const char *value)
{
	(void)value;
	printf("Usage: %s [option ...] SCRIPT|DIRECTORY ...\n"
	       "Plays timed scripts of socket calls and segments against the running kernel.\n"
	       "A DIRECTORY stands for all scripts (*.pkt) in it and below it.\n\n",
	       line->program_name);
	for (size_t i = 0; i < PROGRAM_OPTIONS; i++)
		print_option(program_options[i].letter, program_options[i].name, program_options[i].help);
	printf("\nOptions that a script can set, too; the command line wins:\n");
	for (size_t i = 0; option_at(i); i++) {
		const char *name = option_name(option_at(i));
		char letter = strcmp(name, "define") == 0 ? 'D' : strcmp(name, "verbose") == 0 ? 'v' : 0;
		if (option_help(option_at(i)))
			print_option(letter, name, option_help(option_at(i)));
	}
	printf("\nExit status: 0 passed, 1 failed, 2 a script or the command line is wrong,\n"
	       "77 all were skipped, 125 the harness was at fault.\n"
	       "See also: tcpclose-run(1), tcpclose-script(5).\n");
	return SUITE_PASSED;
}

/* ---- parsing the command line ---- */

static bool same_name(const char *a, const char *b, size_t length)
{
	size_t i = 0;
	while (i < length && a[i] && (a[i] == b[i] || (a[i] == '_' && b[i] == '-')))
		i++;
	return i == length && !a[i];
}

static const struct program_option *find_program_option(const char *name, size_t length)
{
	for (size_t i = 0; i < PROGRAM_OPTIONS; i++)
		if (same_name(program_options[i].name, name, length) ||
		    (length == 1 && program_options[i].letter == *name))
			return &program_options[i];
	return NULL;
}

static int unknown_option(struct command_line *line, const char *name)
{
	struct suggestion near = { .wanted = name };
	for (size_t i = 0; i < PROGRAM_OPTIONS; i++)
		suggest_offer(&near, program_options[i].name);
	for (size_t i = 0; option_at(i); i++)
		suggest_offer(&near, option_name(option_at(i)));
	if (near.best)
		return usage_error(line, "unknown option --%s; did you mean --%s?", name, near.best);
	return usage_error(line, "unknown option --%s", name, "");
}

static int give_option(struct command_line *line, const struct option_row *row, const char *value)
{
	struct settings scratch;
	settings_init(&scratch, line->suite.packetdrill);
	const char *why = option_set(row, value, &scratch, line->arena);
	if (why)
		return usage_error(line, "--%s: %s", option_name(row), why);
	if (strcmp(option_name(row), "define") == 0) {
		defines_add(&line->defines, line->arena, value, true);
		return OK;
	}
	line->suite.verbose |= scratch.verbose;
	struct given_option *given = arena_alloc(line->arena, sizeof *given);
	given->row = row;
	given->value = value;
	*line->next_given = given;
	line->next_given = &given->next;
	return OK;
}

/* --name, --name=value or --name value; `next` is the word behind, *used says that it was taken. */
static int long_option(struct command_line *line, const char *word, const char *next, bool *used)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	const char *name = arena_strndup(line->arena, word, length);
	const struct program_option *own = length > 1 ? find_program_option(word, length) : NULL;
	const struct option_row *row = own ? NULL : option_find(name);
	const char *value = equals ? equals + 1 : NULL;
	if (!own && !row)
		return unknown_option(line, name);
	bool wants = own ? own->has_value : option_has_value(row);
	if (wants && !value) {
		if (!next)
			return usage_error(line, "--%s wants a value", name, "");
		value = next;
		*used = true;
	}
	if (!wants && value)
		return usage_error(line, "--%s takes no value", name, "");
	return own ? own->set(line, value) : give_option(line, row, value);
}

/* -v, -D NAME=VALUE, -DNAME=VALUE, -j4 */
static int short_option(struct command_line *line, const char *word, const char *next, bool *used)
{
	const char *name = *word == 'v' ? "verbose" : *word == 'D' ? "define" : NULL;
	const struct program_option *own = name ? NULL : find_program_option(word, 1);
	bool wants = own ? own->has_value : *word == 'D';
	if (!name && !own)
		return usage_error(line, "unknown option -%s", word, "");
	if (!wants && word[1])
		return usage_error(line, "-%s: one letter at a time, please", word, "");
	const char *value = !wants ? NULL : word[1] ? word + 1 : next;
	if (wants && !value)
		return usage_error(line, "-%s wants a value", word, "");
	*used = wants && !word[1];
	return own ? own->set(line, value) : give_option(line, option_find(name), value);
}

static int add_path(struct command_line *line, const char *path)
{
	const char *why = discover(path, line->arena, &line->scripts);
	if (!why)
		return OK;
	fprintf(stderr, "%s: %s: %s\n", line->program_name, path, why);
	return SUITE_BAD_SCRIPT;
}

static int parse_command_line(struct command_line *line, int argc, char **argv)
{
	bool options = true;
	for (int i = 1; i < argc; i++) {
		const char *word = argv[i], *next = i + 1 < argc ? argv[i + 1] : NULL;
		bool used = false;
		int status = OK;
		if (options && strcmp(word, "--") == 0)
			options = false;
		else if (options && strncmp(word, "--", 2) == 0)
			status = long_option(line, word + 2, next, &used);
		else if (options && word[0] == '-' && word[1])
			status = short_option(line, word + 1, next, &used);
		else
			status = add_path(line, word);
		if (status != OK)
			return status;
		i += used;
	}
	if (!line->scripts.count)
		return usage_error(line, "no script given", "", "");
	return OK;
}

static unsigned default_jobs(void)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	return cpus <= 0 ? 8 : cpus < 32 ? (unsigned)(4 * cpus) : 128;
}

static int open_outputs(struct command_line *line)
{
	for (size_t i = 0; i < line->output_count; i++) {
		const char *path = line->output_paths[i];
		line->outputs[i].out = path ? fopen(path, "we") : stdout;
		if (!line->outputs[i].out)
			return usage_error(line, "cannot write %s: %s", path, strerror(errno));
	}
	return OK;
}

/* A report that did not reach the disk is no report. */
static int close_outputs(struct command_line *line, int status)
{
	for (size_t i = 0; i < line->output_count; i++) {
		FILE *out = line->outputs[i].out;
		const char *path = line->output_paths[i];
		bool bad = fflush(out) != 0 || ferror(out);
		if ((out != stdout && fclose(out) != 0) || bad) {
			fprintf(stderr, "%s: cannot write the report%s%s: %s\n", line->program_name,
			        path ? " to " : "", path ? path : "", strerror(errno));
			status = SUITE_FAULT;
		}
	}
	return status;
}

static int run(struct command_line *line)
{
	bool one_file = line->suite.pcap_path || line->suite.record_path;
	if (one_file && line->scripts.count > 1)
		return usage_error(line, "--pcap and --record are for one script", "", "");
	if (line->suite.verbose || one_file)
		line->suite.jobs = 1;
	int status = open_outputs(line);
	if (status != OK)
		return status;
	return close_outputs(line, suite_run(&line->scripts, &line->suite, line->outputs, line->output_count));
}

int main(int argc, char **argv)
{
	const char *slash = argc ? strrchr(argv[0], '/') : NULL;
	struct command_line line = { .outputs[0].format = report_formats[0], .output_count = 1 };
	line.program_name = slash ? slash + 1 : argc ? argv[0] : "tcpclose-run";
	line.arena = arena_new();
	line.next_given = (struct given_option **)&line.suite.given;
	line.suite.packetdrill = strcmp(line.program_name, "packetdrill") == 0;
	line.suite.chdir = !line.suite.packetdrill;
	line.suite.jobs = default_jobs();
	line.suite.defines = &line.defines;
	line.suite.program_name = line.program_name;
	script_paths_init(&line.scripts);
	int status = parse_command_line(&line, argc, argv);
	if (status == OK)
		status = run(&line);
	arena_free(line.arena);
	return status;
}
