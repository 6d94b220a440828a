#include "suite/command_line.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/suggest.h"
#include "config.h"
#include "editor/server.h"
#include "editor/words.h"
#include "guest/share.h"
#include "suite/artifacts.h"
#include "suite/describe.h"
#include "suite/play.h"
#include "suite/rerun.h"
#include "suite/suite.h"
#include "report/formats.h"
#include "report/taken.h"

enum { GOOD = COMMAND_LINE_GOOD, EXPLORE_SECONDS = 60 };

int command_line_error(const struct command_line *line, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	fprintf(stderr, "%s: ", line->suite.program_name);
	vfprintf(stderr, format, args);
	va_end(args);
	fprintf(stderr, "\nTry '%s --help'.\n", line->suite.program_name);
	return SUITE_BAD_SCRIPT;
}

/* ---- options with a function of their own; those of a script are in program/options.c ---- */

static int set_help(struct command_line *line, const char *value);

static int set_version(struct command_line *line, const char *value)
{
	(void)line, (void)value;
	printf("tcpclose-run %s\n", PACKAGE_VERSION);
	return SUITE_PASSED;
}

/* The process serves one editor, and then ends. */
static int set_lsp(struct command_line *line, const char *value)
{
	(void)value;
	return editor_serve(stdin, stdout, &line->defines);
}

static int set_words(struct command_line *line, const char *value)
{
	(void)line, (void)value;
	return words_print(stdout) ? SUITE_PASSED : SUITE_FAULT;
}

static int set_explain(struct command_line *line, const char *value)
{
	(void)line;
	return describe_class(value ? value : "", stdout);
}

static int set_timeout(struct command_line *line, const char *value)
{
	char *end;
	double seconds = strtod(value, &end);

	if (end == value || *end || !(seconds > 0 && seconds <= 1e6))
		return command_line_error(line, "--timeout wants seconds, not '%s'", value);
	line->suite.time_limit = (usec_t)(seconds * USEC_PER_SEC);
	return GOOD;
}

static int set_format(struct command_line *line, const char *value)
{
	line->outputs.list[0].format = report_format_find(value);
	if (!line->outputs.list[0].format)
		return command_line_error(line, "there is no report format '%s'", value);
	return GOOD;
}

static int set_report(struct command_line *line, const char *value)
{
	struct report_output *output = &line->outputs.list[line->outputs.count];

	if (line->outputs.count == OUTPUTS_MAX)
		return command_line_error(line, "--report=%s is one too many", value);
	output->format = report_format_of_file(value);
	if (!output->format)
		return command_line_error(line, "the ending of %s is that of no report format",
		                          value);
	output->path = value;
	line->outputs.count++;
	return GOOD;
}

static int add_filter(struct command_line *line, const char *value)
{
	selection_add_filter(line->suite.selection, value);
	return GOOD;
}

static int add_tag(struct command_line *line, const char *value)
{
	selection_add_tag(line->suite.selection, value);
	return GOOD;
}

static int add_expression(struct command_line *line, const char *value)
{
	return selection_add_expression(line->suite.selection, value) ? GOOD : SUITE_BAD_SCRIPT;
}

static int set_shard(struct command_line *line, const char *value)
{
	struct suite_options *suite = &line->suite;
	char rest;

	if (sscanf(value, "%u/%u%c", &suite->shard_index, &suite->shard_count, &rest) != 2 ||
	    !suite->shard_index || suite->shard_index > suite->shard_count ||
	    suite->shard_count > 100000)
		return command_line_error(line, "--shard wants I/N, from 1/N to N/N, not '%s'",
		                          value);
	return GOOD;
}

static int set_reasons(struct command_line *line, const char *value)
{
	static const char *const words[] = {
		[REASONS_AGAIN] = "again",
		[REASONS_ALWAYS] = "always",
		[REASONS_NEVER] = "never",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
		if (!strcmp(value, words[i])) {
			line->suite.reasons = (enum reasons_when)i;
			return GOOD;
		}
	return command_line_error(line, "--reasons wants again, always or never, not '%s'", value);
}

static int set_shuffle(struct command_line *line, const char *value)
{
	struct timespec now;
	char *end;

	line->suite.shuffle = true;
	if (value) {
		line->suite.seed = strtoull(value, &end, 0);
		return *value && !*end && *value != '-'
		               ? GOOD
		               : command_line_error(line, "--shuffle wants a number, not '%s'",
		                                    value);
	}
	clock_gettime(CLOCK_REALTIME, &now);
	line->suite.seed = (uint64_t)now.tv_nsec ^ (uint64_t)now.tv_sec << 20;
	/* So that it is short enough to be typed again. */
	line->suite.seed %= 1000000000;
	return GOOD;
}

static int add_kernel(struct command_line *line, const char *value)
{
	struct suite_options *suite = &line->suite;

	if (suite->kernel_count == KERNELS_MAX)
		return command_line_error(line, "--kernel=%s is one too many: two can be compared",
		                          value);
	suite->kernels[suite->kernel_count++].label = value;
	return GOOD;
}

static int add_claims(struct command_line *line, const char *value)
{
	if (line->claim_count == sizeof(line->claims) / sizeof(*line->claims))
		return command_line_error(line, "--claims=%s is one too many", value);
	line->claims[line->claim_count++] = value;
	return GOOD;
}

/* The folder may have other files where the script is played again. */
static int add_include_folder(struct command_line *line, const char *value)
{
	struct include_folder *folder = arena_alloc(line->arena, sizeof(*folder));
	const struct include_folder **end = &line->defines.folders;

	while (*end)
		end = (const struct include_folder **)&(*end)->next;
	folder->path = value;
	*end = folder;
	rerun_add(&line->suite, line->arena, "include", value, true);
	return GOOD;
}

static int set_model(struct command_line *line, const char *value)
{
	if (strcmp(value, "rfc") && strcmp(value, "linux"))
		return command_line_error(line, "--model wants rfc or linux, not '%s'", value);
	line->suite.shadow = true;
	line->suite.model = *value == 'r' ? MODEL_RFC : MODEL_LINUX;
	return GOOD;
}

static int set_bless(struct command_line *line, const char *value)
{
	if (value && strcmp(value, "diff"))
		return command_line_error(line, "--bless wants diff or nothing, not '%s'", value);
	line->bless = line->suite.bless = true;
	line->bless_diff = value != NULL;
	return GOOD;
}

static int set_explore(struct command_line *line, const char *value)
{
	char *end;
	double seconds = value ? strtod(value, &end) : EXPLORE_SECONDS;

	if (value && (end == value || *end || !(seconds > 0 && seconds <= 1e6)))
		return command_line_error(line, "--explore wants seconds, not '%s'", value);
	line->explore.time = (usec_t)(seconds * USEC_PER_SEC);
	line->suite.shadow = true;
	return GOOD;
}

static int set_seed(struct command_line *line, const char *value)
{
	char *end;

	line->explore.seed = strtoull(value, &end, 10);
	if (end == value || *end || *value == '-')
		return command_line_error(line, "--seed wants a number, not '%s'", value);
	return GOOD;
}

static int set_export(struct command_line *line, const char *value)
{
	if (strcmp(value, "packetdrill"))
		return command_line_error(line, "--export wants packetdrill, not '%s'", value);
	line->export = true;
	return GOOD;
}

static int set_format_script(struct command_line *line, const char *value)
{
	if (value && strcmp(value, "check") && strcmp(value, "write"))
		return command_line_error(line,
		                          "--format_script wants write, check or nothing, "
		                          "not '%s'",
		                          value);
	line->format_script = !value ? FORMAT_SHOW : *value == 'w' ? FORMAT_WRITE : FORMAT_CHECK;
	return GOOD;
}

/* ---- the table ---- */

enum kind { FLAG, TEXT, NUMBER, OWN };
enum wants {
	NO_VALUE,
	VALUE,
	MAYBE,
	MAYBE_NEXT
}; /* MAYBE_NEXT: the value may also be the next word */

#define AT(field) offsetof(struct command_line, field)

static const struct program_option {
	char letter; /* 0: it has none */
	const char *name, *help;
	enum wants wants;
	enum kind kind;
	size_t at;            /* the offset of a bool, a const char * or an unsigned */
	unsigned least, most; /* the range of a number */
	int (*set)(struct command_line *line, const char *value);
} rows[] = {
	/* clang-format off */
	{ 'h', "help", "  this text", NO_VALUE, OWN, 0, 0, 0, set_help },
	{ 0, "version", "  print the version of the program", NO_VALUE, OWN, 0, 0, 0, set_version },
	{ 0, "explain", "[=CLASS]  what a report means by a challenge ACK ...; without CLASS: a list",
	  MAYBE_NEXT, OWN, 0, 0, 0, set_explain },
	{ 0, "lsp", "  be a language server for an editor, on standard input and output",
	  NO_VALUE, OWN, 0, 0, 0, set_lsp },
	{ 0, "words", "  print all words of the language, each with its kind",
	  NO_VALUE, OWN, 0, 0, 0, set_words },

	{ 0, "filter", "=PATTERN  only tests whose name has it (or fits, with *, ? or [)",
	  VALUE, OWN, 0, 0, 0, add_filter },
	{ 0, "tag", "=TAG  only tests with this tag", VALUE, OWN, 0, 0, 0, add_tag },
	{ 0, "select", "=EXPRESSION  like 'tag(slow) & !family(ipv6) | name(*reset*)'",
	  VALUE, OWN, 0, 0, 0, add_expression },
	{ 0, "case", "=NAME  only this row of a script's table of cases",
	  VALUE, TEXT, AT(suite.case_name), 0, 0, NULL },
	{ 0, "shard", "=I/N  only the I-th of N parts that take equally long",
	  VALUE, OWN, 0, 0, 0, set_shard },
	{ 0, "list", "  print the names of the tests, and run none",
	  NO_VALUE, FLAG, AT(suite.list), 0, 0, NULL },

	{ 'I', "include", "=FOLDER  where include <FILE> looks, before the tool's own recipes",
	  VALUE, OWN, 0, 0, 0, add_include_folder },
	{ 0, "about", "=WORDS  list scripts that have these words in name, tags or first comment",
	  VALUE, TEXT, AT(about), 0, 0, NULL },

	{ 0, "kernel", "='PATH [ARG ...]'  boot and test it; two, or one and 'running': compare",
	  VALUE, OWN, 0, 0, 0, add_kernel },
	{ 'j', "jobs", "=N  tests side by side (64 for each CPU, at most 256)",
	  VALUE, NUMBER, AT(suite.jobs), 1, JOBS_MAX, NULL },
	{ 0, "setups", "=N  of these, tests whose world is being made (1 for each CPU)",
	  VALUE, NUMBER, AT(suite.setups), 1, JOBS_MAX, NULL },
	{ 0, "timings", "=FILE  how long tests took: for --shard, and the longest first",
	  VALUE, TEXT, AT(timings), 0, 0, NULL },
	{ 0, "save_timings", "=FILE  write that file", VALUE, TEXT, AT(suite.save_timings), 0, 0, NULL },
	{ 0, "shuffle", "[=SEED]  in any order", MAYBE, OWN, 0, 0, 0, set_shuffle },
	{ 0, "repeat", "=N  run each test N times", VALUE, NUMBER, AT(suite.repeat), 1, 1000000, NULL },
	{ 0, "retries", "=N  try a test that failed again; if it passes it is flaky",
	  VALUE, NUMBER, AT(suite.retries), 0, 1000, NULL },
	{ 0, "reasons", "=WHEN  the kernel's, of drops and RSTs: again (default), always, never",
	  VALUE, OWN, 0, 0, 0, set_reasons },
	{ 0, "last_failed", "  only what did not pass when these scripts were last played",
	  NO_VALUE, FLAG, AT(suite.last_failed), 0, 0, NULL },
	{ 0, "watch", "  play, and play again each script that is saved, until ^C",
	  NO_VALUE, FLAG, AT(watch), 0, 0, NULL },
	{ 0, "fail_fast", "  end with the first failure", NO_VALUE, FLAG, AT(suite.fail_fast), 0, 0, NULL },
	{ 0, "longest", "=N  skip tests of more seconds (100; in virtual time none is)",
	  VALUE, NUMBER, AT(suite.longest), 1, 1000000000, NULL },
	{ 0, "timeout", "=N  seconds for one test (3 * the script's own + 30)",
	  VALUE, OWN, 0, 0, 0, set_timeout },
	{ 0, "no_realtime", "  no real-time priority, no locked memory",
	  NO_VALUE, FLAG, AT(suite.no_realtime), 0, 0, NULL },
	{ 0, "no_commands", "  skip scripts that run shell commands or code",
	  NO_VALUE, FLAG, AT(suite.no_commands), 0, 0, NULL },

	{ 0, "format", "=NAME  of the report, see below",
	  VALUE, OWN, 0, 0, 0, set_format },
	{ 'o', "output", "=FILE  write the report there, not to standard output",
	  VALUE, TEXT, AT(outputs.list[0].path), 0, 0, NULL },
	{ 0, "report", "=FILE  write one more, in the format that the ending names",
	  VALUE, OWN, 0, 0, 0, set_report },
	{ 0, "artifacts", "=FOLDER  keep pcap, transcript, sockets, counters of what fails",
	  VALUE, TEXT, AT(artifacts), 0, 0, NULL },
	{ 0, "artifacts_known", "  keep them of failures that are known bugs, too",
	  NO_VALUE, FLAG, AT(suite.artifacts_known), 0, 0, NULL },
	{ 0, "known", "=FILE  bugs that are known: tests, reason, kernels",
	  VALUE, TEXT, AT(known), 0, 0, NULL },
	{ 0, "coverage", "[=FILE]  which ids are covered, by what, with what result",
	  MAYBE, TEXT, AT(coverage), 0, 0, NULL },
	{ 0, "claims", "=FILE  a document whose tables begin with ids, for --coverage",
	  VALUE, OWN, 0, 0, 0, add_claims },
	{ 0, "transitions", "=FILE  which of the model's rules were met, in which state",
	  VALUE, TEXT, AT(transitions), 0, 0, NULL },
	{ 0, "explored", "=FILE  what --explore wrote there, for --transitions",
	  VALUE, TEXT, AT(explored), 0, 0, NULL },
	{ 0, "judgements", "=FILE  what failures on a stack mean, for --coverage",
	  VALUE, TEXT, AT(judgements), 0, 0, NULL },
	{ 0, "baseline", "=FILE  a report in JSON of an earlier run: only new failures count",
	  VALUE, TEXT, AT(baseline), 0, 0, NULL },
	{ 0, "bisect", "  exit status for git bisect run: 0, 1, 125, or 255 to end it",
	  NO_VALUE, FLAG, AT(bisect), 0, 0, NULL },

	{ 0, "format_script", "[=write|check]  print scripts well laid out, or write them so",
	  MAYBE, OWN, 0, 0, 0, set_format_script },
	{ 0, "bless", "[=diff]  write what the kernel does into the scripts, or show what would change",
	  MAYBE, OWN, 0, 0, 0, set_bless },
	{ 0, "export", "=packetdrill  write (-o) scripts in plain packetdrill",
	  VALUE, OWN, 0, 0, 0, set_export },
	{ 0, "new", "[=NAME]  write (-o) a script to begin with; without a name: list them",
	  MAYBE_NEXT, TEXT, AT(start), 0, 0, NULL },
	{ 0, "from_pcap", "=FILE  write a script (-o) for a connection of a capture",
	  VALUE, TEXT, AT(from_pcap.path), 0, 0, NULL },
	{ 0, "minimise", "  write (-o) the shortest script that fails as this one",
	  NO_VALUE, FLAG, AT(minimise), 0, 0, NULL },
	{ 0, "explore", "[=SECONDS]  walks that chance makes, judged by the model (60 s)",
	  MAYBE, OWN, 0, 0, 0, set_explore },
	{ 0, "seed", "=N  of these walks: the same again, or others", VALUE, OWN, 0, 0, 0, set_seed },
	{ 0, "explore_dir", "=FOLDER  where to write scripts of what they find (explored)",
	  VALUE, TEXT, AT(explore.folder), 0, 0, NULL },
	{ 0, "flow", "=N|PORT|ADDRESS:PORT|all  which of its connections",
	  VALUE, TEXT, AT(from_pcap.flow), 0, 0, NULL },
	{ 0, "side", "=client|server|ADDRESS  which end is the kernel",
	  VALUE, TEXT, AT(from_pcap.side), 0, 0, NULL },
	{ 0, "strace", "=FILE  what strace -f -ttt -yy wrote of the program",
	  VALUE, TEXT, AT(from_pcap.strace), 0, 0, NULL },

	{ 0, "pcap", "=FILE  what was on the wire (one test only)",
	  VALUE, TEXT, AT(suite.pcap_path), 0, 0, NULL },
	{ 0, "record", "=FILE  all that the kernel answered (one test only)",
	  VALUE, TEXT, AT(suite.record_path), 0, 0, NULL },
	{ 0, "check_pcap", "=FILE  judge a capture of any two machines by the model",
	  VALUE, TEXT, AT(check_pcap), 0, 0, NULL },
	{ 0, "model", "=NAME  hold each run against the RFCs (rfc), or with Linux's departures (linux)",
	  VALUE, OWN, 0, 0, 0, set_model },
	{ 0, "replay", "=FILE  play a recording instead of a kernel",
	  VALUE, TEXT, AT(suite.replay_path), 0, 0, NULL },

	{ 0, "wire_client", "  the packets go over a real wire, by a wire server on another host",
	  NO_VALUE, FLAG, AT(suite.wire.client), 0, 0, NULL },
	{ 0, "wire_server", "  be that server: send and tell packets, until a signal",
	  NO_VALUE, FLAG, AT(suite.wire.server), 0, 0, NULL },
	{ 0, "wire_server_at", "=HOST  where it is; of the server: the address that it listens on",
	  VALUE, TEXT, AT(suite.wire.server_name), 0, 0, NULL },
	{ 0, "wire_server_ip", "=HOST  the same", VALUE, TEXT, AT(suite.wire.server_name), 0, 0, NULL },
	{ 0, "wire_server_port", "=N  its TCP port (8081)",
	  VALUE, NUMBER, AT(suite.wire.port), 1, 65535, NULL },
	{ 0, "wire_client_dev", "=DEVICE  the client's end of the wire",
	  VALUE, TEXT, AT(suite.wire.client_device), 0, 0, NULL },
	{ 0, "wire_server_dev", "=DEVICE  the server's end of the wire",
	  VALUE, TEXT, AT(suite.wire.server_device), 0, 0, NULL },
	{ 0, "wire_key", "=FILE  the key that both hosts have",
	  VALUE, TEXT, AT(suite.wire.key_file), 0, 0, NULL },
	/* clang-format on */
};

enum { ROWS = sizeof(rows) / sizeof(*rows), CONTRADICTIONS = 20 };
static_assert((int)ROWS <= (int)COMMAND_LINE_OPTIONS, "each has a place in command_line.given");

/* An option, and those that ask for something else, so that they cannot stand beside it. */
static const struct contradiction {
	const char *option;
	const char *others[CONTRADICTIONS];
} contradictions[] = {
	/* clang-format off */
	{ "record", { "replay", "repeat", "retries" } },
	{ "pcap", { "replay", "artifacts", "repeat" } },
	{ "replay", { "artifacts" } },
	{ "explore", { "list", "replay", "record", "pcap", "minimise", "from_pcap", "check_pcap",
	               "report", "format", "artifacts", "coverage", "repeat", "output", "watch",
	               "explored" } },
	{ "list", { "output", "report", "artifacts", "coverage", "transitions", "baseline" } },
	{ "kernel", { "replay" } },
	{ "minimise",
	  { "list", "replay", "record", "pcap", "report", "format", "artifacts", "coverage",
	    "from_pcap", "repeat", "case" } },
	{ "from_pcap",
	  { "list", "replay", "record", "pcap", "report", "format", "artifacts", "coverage" } },
	{ "bless",
	  { "list", "replay", "record", "pcap", "output", "report", "format", "artifacts",
	    "coverage", "minimise", "from_pcap", "export", "repeat", "case", "format_script",
	    "watch" } },
	{ "export",
	  { "list", "replay", "record", "pcap", "report", "format", "artifacts", "coverage",
	    "from_pcap", "minimise", "kernel", "format_script" } },
	{ "wire_client", { "wire_server", "kernel", "replay", "explore" } },
	{ "watch",
	  { "list", "from_pcap", "minimise", "check_pcap", "new", "about", "bisect",
	    "format_script" } },
	/* clang-format on */
};

/* The result of a test depends on these, as it depends on a script's own options. */
static const char *const telling[] = {
	"timeout",         "no_realtime", "no_commands",    "known",          "replay",
	"model",           "wire_client", "wire_server_at", "wire_server_ip", "wire_server_port",
	"wire_client_dev", "wire_key"
};

static const char *const companions[][2] = {
	/* clang-format off */
	{ "claims", "coverage" },
	{ "judgements", "coverage" },
	{ "artifacts_known", "artifacts" },
	{ "flow", "from_pcap" },
	{ "side", "from_pcap" },
	{ "seed", "explore" },
	{ "explore_dir", "explore" },
	{ "strace", "from_pcap" },
	{ "explored", "transitions" },
	/* clang-format on */
};

/* ---- help ---- */

/*
 * "=N  tests side by side" is printed in two columns. When the first part does not fit, it has a
 * line of its own.
 */
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

static void print_formats(void)
{
	printf("\nFormats of reports, and the endings of their files:\n");
	for (size_t i = 0; i < report_format_count; i++)
		printf("      %-8s%-14s%s\n", report_formats[i]->name, report_formats[i]->ending,
		       report_formats[i]->help);
}

static int set_help(struct command_line *line, const char *value)
{
	(void)value;
	printf("Usage: %s [option ...] SCRIPT|DIRECTORY ...\n"
	       "Plays timed scripts of socket calls and segments against the running kernel.\n"
	       "A DIRECTORY stands for all scripts (*.pkt) in it and below it.\n\n",
	       line->suite.program_name);
	for (size_t i = 0; i < ROWS; i++)
		print_option(rows[i].letter, rows[i].name, rows[i].help);
	print_formats();
	printf("\nOptions that a script can set, too; the command line wins:\n");
	for (size_t i = 0; option_at(i); i++) {
		const char *name = option_name(option_at(i));
		char letter = !strcmp(name, "define") ? 'D' : !strcmp(name, "verbose") ? 'v' : 0;

		if (option_help(option_at(i)))
			print_option(letter, name, option_help(option_at(i)));
	}
	printf("\nExit status: 0 passed, 1 failed (or two kernels differ), 2 a script or the "
	       "command line is wrong,\n"
	       "77 all were skipped, 125 the harness was at fault, 128 + N ended by signal N.\n"
	       "See also: tcpclose-run(1), tcpclose-run-options(1), tcpclose-author(1), "
	       "tcpclose-script(5).\n");
	return SUITE_PASSED;
}

/* ---- single options ---- */

static bool same_name(const char *a, const char *b, size_t length)
{
	size_t i = 0;

	while (i < length && a[i] && (a[i] == b[i] || (a[i] == '_' && b[i] == '-')))
		i++;
	return i == length && !a[i];
}

static const struct program_option *find_row(const char *name, size_t length)
{
	for (size_t i = 0; i < ROWS; i++)
		if ((rows[i].name[0] == *name && same_name(rows[i].name, name, length)) ||
		    (length == 1 && rows[i].letter == *name))
			return &rows[i];
	return NULL;
}

static int set_number(struct command_line *line, const struct program_option *row,
                      const char *value)
{
	char *end;
	long number = strtol(value, &end, 10);

	if (end == value || *end || number < (long)row->least || number > (long)row->most)
		return command_line_error(line, "--%s wants a number from %u to %u, not '%s'",
		                          row->name, row->least, row->most, value);
	*(unsigned *)((char *)line + row->at) = (unsigned)number;
	return GOOD;
}

static int set_row(struct command_line *line, const struct program_option *row, const char *value)
{
	char *field = (char *)line + row->at;

	line->given[row - rows] = true;
	for (size_t i = 0; i < sizeof(telling) / sizeof(*telling); i++)
		if (!strcmp(row->name, telling[i]))
			rerun_add(&line->suite, line->arena, row->name, value, row->kind == TEXT);
	switch (row->kind) {
	case FLAG:
		*(bool *)field = true;
		return GOOD;
	case TEXT:
		if (value && !*value)
			return command_line_error(line, "--%s= wants something behind it",
			                          row->name);
		*(const char **)field = value ? value : "";
		return GOOD;
	case NUMBER:
		return set_number(line, row, value);
	case OWN:
		break;
	}
	return row->set(line, value);
}

static int unknown_option(struct command_line *line, const char *name)
{
	struct suggestion near = { .wanted = name };

	for (size_t i = 0; i < ROWS; i++)
		suggest_offer(&near, rows[i].name);
	for (size_t i = 0; option_at(i); i++)
		suggest_offer(&near, option_name(option_at(i)));
	if (near.best)
		return command_line_error(line, "unknown option --%s; did you mean --%s?", name,
		                          near.best);
	return command_line_error(line, "unknown option --%s", name);
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

/* ---- words ---- */

/*
 * --name, --name=value or --name value. `next` is the next word, and *used tells that it was taken.
 */
static int long_option(struct command_line *line, const char *word, const char *next, bool *used)
{
	const char *equals = strchr(word, '=');
	size_t length = equals ? (size_t)(equals - word) : strlen(word);
	const char *name = arena_strndup(line->arena, word, length);
	const struct program_option *own = length > 1 ? find_row(word, length) : NULL;
	const struct option_row *row = own ? NULL : option_find(name);
	const char *value = equals ? equals + 1 : NULL;

	if (!own && !row)
		return unknown_option(line, name);
	enum wants wants = own ? own->wants : option_has_value(row) ? VALUE : NO_VALUE;
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
	return own ? set_row(line, own, value) : give_option(line, row, value);
}

/* -v, -D NAME=VALUE, -DNAME=VALUE, -j4 */
static int short_option(struct command_line *line, const char *word, const char *next, bool *used)
{
	const char *name = *word == 'v' ? "verbose" : *word == 'D' ? "define" : NULL;
	const struct program_option *own = name ? NULL : find_row(word, 1);
	bool wants = own ? own->wants == VALUE : *word == 'D';

	if (!name && !own)
		return command_line_error(line, "unknown option -%s", word);
	if (!wants && word[1])
		return command_line_error(line, "-%s: one letter at a time, please", word);
	const char *value = !wants ? NULL : word[1] ? word + 1 : next;
	if (wants && (!value || (value == next && !strncmp(next, "--", 2))))
		return command_line_error(line, "-%s wants a value", word);
	*used = wants && !word[1];
	return own ? set_row(line, own, value) : give_option(line, option_find(name), value);
}

static int add_path(struct command_line *line, const char *path)
{
	const char *why = discover(path, line->arena, &line->scripts);

	script_paths_add(&line->named, line->arena, path);
	if (!why)
		return GOOD;
	fprintf(stderr, "%s: %s: %s\n", line->suite.program_name, path, why);
	return SUITE_BAD_SCRIPT;
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
			status = add_path(line, word);
		if (status != GOOD)
			return status;
		i += used;
	}
	return GOOD;
}

/* ---- what all options together ask for ---- */

static bool was_given(const struct command_line *line, const char *name)
{
	return line->given[find_row(name, strlen(name)) - rows];
}

/* packetdrill takes who names a server for its client. */
static int check_wire(struct command_line *line)
{
	struct wire_options *wire = &line->suite.wire;
	const char *role = wire->server ? "wire_server" : "wire_client";

	wire->client |= !wire->server && wire->server_name;
	if (!wire->client && !wire->server)
		return wire->key_file || wire->client_device || wire->server_device
		               ? command_line_error(line,
		                                    "--wire_client or --wire_server is missing")
		               : GOOD;
	if (wire->client && !wire->server_name)
		return command_line_error(line, "--wire_client wants --wire_server_at=HOST");
	if (!(wire->server ? wire->server_device : wire->client_device))
		return command_line_error(line, "--%s wants --%s_dev=DEVICE", role, role);
	if (!wire->key_file)
		return command_line_error(line, "--%s wants --wire_key=FILE", role);
	if (wire->server && line->scripts.count && !wire->client)
		return command_line_error(line, "--wire_server plays no script, and %s is one",
		                          line->scripts.first->path);
	return GOOD;
}

static int check_together(struct command_line *line)
{
	char installed[PATH_MAX];

	for (size_t i = 0; i < sizeof(contradictions) / sizeof(*contradictions); i++) {
		const struct contradiction *row = &contradictions[i];

		for (size_t k = 0; was_given(line, row->option) && row->others[k]; k++)
			if (was_given(line, row->others[k]))
				return command_line_error(line,
				                          "--%s and --%s contradict each other",
				                          row->option, row->others[k]);
	}
	for (size_t i = 0; i < sizeof(companions) / sizeof(*companions); i++)
		if (was_given(line, companions[i][0]) && !was_given(line, companions[i][1]))
			return command_line_error(line, "--%s is for --%s, which is missing",
			                          companions[i][0], companions[i][1]);
	if (line->check_pcap && line->scripts.count)
		return command_line_error(line, "--check_pcap plays no script");
	if (line->minimise && (line->scripts.count != 1 || !strcmp(line->scripts.first->path, "-")))
		return command_line_error(line, "--minimise wants one script, which is a file");
	if (line->from_pcap.path && line->scripts.count)
		return command_line_error(line, "--from_pcap writes a script, and %s is one",
		                          line->scripts.first->path);
	if (line->explore.time && line->scripts.count)
		return command_line_error(line, "--explore writes its scripts itself");
	if (line->start && line->scripts.count)
		return command_line_error(line, "--new writes a script, and %s is one",
		                          line->scripts.first->path);
	if (line->suite.wire.server)
		return GOOD;
	if (!line->scripts.count && line->about)
		return add_path(line, arena_strdup(line->arena, included_scripts(installed)));
	if (!line->scripts.count && !line->check_pcap && !line->from_pcap.path && !line->start &&
	    !line->explore.time)
		return command_line_error(line, "no script given");
	if (line->bless && line->suite.kernel_count > 1)
		return command_line_error(line, "--bless wants one kernel");
	for (const struct script_path *path = line->scripts.first; path; path = path->next)
		if (line->bless && !strcmp(path->path, "-"))
			return command_line_error(line, "--bless wants scripts that are files");
		else if ((line->suite.kernel_count || line->watch) && !strcmp(path->path, "-"))
			return command_line_error(line,
			                          "--%s wants scripts that are files, not '-'",
			                          line->watch ? "watch" : "kernel");
	return GOOD;
}

static int read_timings(struct command_line *line)
{
	const char *why;

	if (!line->timings && !line->suite.save_timings)
		return GOOD;
	line->suite.timings = timings_new(line->arena);
	why = line->timings ? timings_read(line->suite.timings, line->timings) : NULL;
	return why ? command_line_error(line, "%s: %s", line->timings, why) : GOOD;
}

static int read_known(struct command_line *line)
{
	struct sources *sources = sources_new(line->arena);
	struct diag *diag = diag_new(line->arena, sources);
	const char *why;

	if (!line->known)
		return GOOD;
	const struct source_text *text = sources_read(sources, line->known, &why);
	if (!text)
		return command_line_error(line, "%s: %s", line->known, why);
	if (known_of_file(text, line->arena, diag, &line->suite.known))
		return GOOD;
	diag_print(diag, stderr);
	return SUITE_BAD_SCRIPT;
}

static int read_claims(struct command_line *line)
{
	if (line->coverage)
		line->suite.coverage = coverage_new(line->arena);
	for (size_t i = 0; i < line->claim_count; i++) {
		const char *why = coverage_read(line->suite.coverage, line->claims[i]);

		if (why)
			return command_line_error(line, "%s: %s", line->claims[i], why);
	}
	return GOOD;
}

/* Without --model nobody would know. */
static int read_explored(struct command_line *line)
{
	const char *why = NULL;

	line->suite.shadow |= line->transitions != NULL;
	line->explore.transitions = line->transitions;
	if (line->transitions && !line->explore.time)
		line->suite.transitions = transitions_page_new(line->arena, line->suite.model);
	if (line->explored)
		why = taken_read(line->explored, line->arena,
		                 transitions_page_explored(line->suite.transitions));
	return why ? command_line_error(line, "%s: %s", line->explored, why) : GOOD;
}

static int read_judgements(struct command_line *line)
{
	const char *why = NULL;

	if (line->judgements)
		coverage_judge(line->suite.coverage,
		               judgements_read(line->judgements, line->arena, &why));
	return why ? command_line_error(line, "%s: %s", line->judgements, why) : GOOD;
}

static int read_baseline(struct command_line *line)
{
	const char *why;

	if (!line->baseline)
		return GOOD;
	line->suite.baseline = baseline_new(line->arena, line->baseline);
	why = baseline_read(line->suite.baseline);
	return why ? command_line_error(line, "%s: %s", line->baseline, why) : GOOD;
}

static int prepare_artifacts(struct command_line *line)
{
	if (!line->artifacts)
		return GOOD;
	line->suite.artifacts = artifacts_prepare(line->arena, line->artifacts);
	return line->suite.artifacts ? GOOD
	                             : command_line_error(line, "cannot write to %s: %s",
	                                                  line->artifacts, strerror(errno));
}

/* A guest has its kernel already. */
static int look_at_kernels(struct command_line *line)
{
	char error[GUEST_ERROR_TEXT];

	for (unsigned i = 0; i < line->suite.kernel_count && !line->suite.in_guest; i++) {
		struct tested_kernel *kernel = &line->suite.kernels[i];

		if (!strcmp(kernel->label, "running"))
			continue;
		kernel->guest = guest_kernel_look(line->arena, kernel->label, error);
		if (!kernel->guest) {
			fprintf(stderr, "%s: %s\n", line->suite.program_name, error);
			return SUITE_BAD_SCRIPT;
		}
	}
	return GOOD;
}

static int read_files(struct command_line *line)
{
	static int (*const steps[])(struct command_line * line) = {
		check_wire, check_together, look_at_kernels, read_timings,    read_baseline,
		read_known, read_claims,    read_explored,   read_judgements, prepare_artifacts,
	};
	int status = GOOD;

	for (size_t i = 0; status == GOOD && i < sizeof(steps) / sizeof(*steps); i++)
		status = steps[i](line);
	return status;
}

enum {
	LONGEST = 100
}; /* seconds that a test may take without being asked for; packetdrill plays all tests */

static void set_defaults(struct command_line *line, const char *const *words)
{
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	const char *program = words[0] ? words[0] : "tcpclose-run", *slash = strrchr(program, '/');

	line->suite.program_name = slash ? slash + 1 : program;
	line->suite.words = words;
	line->suite.packetdrill = !strcmp(line->suite.program_name, "packetdrill");
	line->suite.chdir = !line->suite.packetdrill;
	line->suite.jobs = cpus <= 0 ? 64 : cpus < 4 ? (unsigned)(64 * cpus) : JOBS_MAX;
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

int command_line_parse(struct command_line *line, int argc, char **argv)
{
	set_defaults(line, (const char *const *)argv);
	int status = read_words(line, argc, argv);
	if (status == GOOD)
		status = read_files(line);
	if (line->suite.in_guest)
		leave_in_share(line);
	if (line->suite.wire.client || line->suite.virtual_time || line->suite.verbose ||
	    line->suite.pcap_path || line->suite.record_path)
		line->suite.jobs = 1; /* a wire server has one client at a time */
	return status;
}
