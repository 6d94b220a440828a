#include "suite/command_options.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/suggest.h"
#include "suite/command_help.h"
#include "suite/command_setters.h"
#include "suite/play.h"
#include "suite/rerun.h"
#include "suite/suite.h"

enum { GOOD = COMMAND_LINE_GOOD };

static int set_help(struct command_line *line, const char *value);

#define AT(field) offsetof(struct command_line, field)

static const struct command_option rows[] = {
	/* clang-format off */
	{ 'h', "help", "  this text", NO_VALUE, OWN, 0, 0, 0, set_help },
	{ 0, "version", "  print the version of the program", NO_VALUE, OWN, 0, 0, 0, command_set_version },
	{ 0, "explain", "[=CLASS]  what a report means by a challenge ACK ...; without CLASS: a list",
	  MAYBE_NEXT, OWN, 0, 0, 0, command_set_explain },
	{ 0, "lsp", "  be a language server for an editor, on standard input and output",
	  NO_VALUE, OWN, 0, 0, 0, command_set_lsp },
	{ 0, "words", "  print all words of the language, each with its kind",
	  NO_VALUE, OWN, 0, 0, 0, command_set_words },

	{ 0, "filter", "=PATTERN  only tests whose name has it (or fits, with *, ? or [)",
	  VALUE, OWN, 0, 0, 0, command_add_filter },
	{ 0, "tag", "=TAG  only tests with this tag", VALUE, OWN, 0, 0, 0, command_add_tag },
	{ 0, "select", "=EXPRESSION  like 'tag(slow) & !family(ipv6) | name(*reset*)'",
	  VALUE, OWN, 0, 0, 0, command_add_expression },
	{ 0, "case", "=NAME  only this row of a script's table of cases",
	  VALUE, TEXT, AT(suite.case_name), 0, 0, NULL },
	{ 0, "shard", "=I/N  only the I-th of N parts that take equally long",
	  VALUE, OWN, 0, 0, 0, command_set_shard },
	{ 0, "list", "  print the names of the tests, and run none",
	  NO_VALUE, FLAG, AT(suite.list), 0, 0, NULL },

	{ 'I', "include", "=FOLDER  where include <FILE> looks, before the tool's own recipes",
	  VALUE, OWN, 0, 0, 0, command_add_include_folder },
	{ 0, "about", "=WORDS  list scripts that have these words in name, tags or first comment",
	  VALUE, TEXT, AT(about), 0, 0, NULL },

	{ 0, "kernel", "='PATH [ARG ...]'  boot and test it; two, or one and 'running': compare",
	  VALUE, OWN, 0, 0, 0, command_add_kernel },
	{ 'j', "jobs", "=N  tests side by side (80 for each CPU, at most 256)",
	  VALUE, NUMBER, AT(suite.jobs), 1, JOBS_MAX, NULL },
	{ 0, "setups", "=N  of these, tests whose world is being made (1 for each CPU)",
	  VALUE, NUMBER, AT(suite.setups), 1, JOBS_MAX, NULL },
	{ 0, "timings", "=FILE  how long tests took: for --shard, and the longest first",
	  VALUE, TEXT, AT(timings), 0, 0, NULL },
	{ 0, "save_timings", "=FILE  write that file", VALUE, TEXT, AT(suite.save_timings), 0, 0, NULL },
	{ 0, "shuffle", "[=SEED]  in any order", MAYBE, OWN, 0, 0, 0, command_set_shuffle },
	{ 0, "repeat", "=N  run each test N times", VALUE, NUMBER, AT(suite.repeat), 1, 1000000, NULL },
	{ 0, "retries", "=N  try a test that failed again; if it passes it is flaky",
	  VALUE, NUMBER, AT(suite.retries), 0, 1000, NULL },
	{ 0, "reasons", "=WHEN  the kernel's, of drops and RSTs: again (default), always, never",
	  VALUE, OWN, 0, 0, 0, command_set_reasons },
	{ 0, "last_failed", "  only what did not pass when these scripts were last played",
	  NO_VALUE, FLAG, AT(suite.last_failed), 0, 0, NULL },
	{ 0, "watch", "  play, and play again each script that is saved, until ^C",
	  NO_VALUE, FLAG, AT(watch), 0, 0, NULL },
	{ 0, "fail_fast", "  end with the first failure", NO_VALUE, FLAG, AT(suite.fail_fast), 0, 0, NULL },
	{ 0, "longest", "=N  skip tests of more seconds (100; in virtual time none is)",
	  VALUE, NUMBER, AT(suite.longest), 1, 1000000000, NULL },
	{ 0, "timeout", "=N  seconds for one test (3 * the script's own + 30)",
	  VALUE, OWN, 0, 0, 0, command_set_timeout },
	{ 0, "no_realtime", "  no real-time priority, no locked memory",
	  NO_VALUE, FLAG, AT(suite.no_realtime), 0, 0, NULL },
	{ 0, "no_commands", "  skip scripts that run shell commands or code",
	  NO_VALUE, FLAG, AT(suite.no_commands), 0, 0, NULL },

	{ 0, "format", "=NAME  of the report, see below",
	  VALUE, OWN, 0, 0, 0, command_set_format },
	{ 'o', "output", "=FILE  write the report there, not to standard output",
	  VALUE, TEXT, AT(outputs.list[0].path), 0, 0, NULL },
	{ 0, "report", "=FILE  write one more, in the format that the ending names",
	  VALUE, OWN, 0, 0, 0, command_set_report },
	{ 0, "artifacts", "=FOLDER  keep pcap, transcript, sockets, counters of what fails",
	  VALUE, TEXT, AT(artifacts), 0, 0, NULL },
	{ 0, "artifacts_known", "  keep them of failures that are known bugs, too",
	  NO_VALUE, FLAG, AT(suite.artifacts_known), 0, 0, NULL },
	{ 0, "known", "=FILE  bugs that are known: tests, reason, kernels",
	  VALUE, TEXT, AT(known), 0, 0, NULL },
	{ 0, "coverage", "[=FILE]  which ids are covered, by what, with what result",
	  MAYBE, TEXT, AT(coverage), 0, 0, NULL },
	{ 0, "claims", "=FILE  a document whose tables begin with ids, for --coverage",
	  VALUE, OWN, 0, 0, 0, command_add_claims },
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
	  MAYBE, OWN, 0, 0, 0, command_set_format_script },
	{ 0, "bless", "[=diff]  write what the kernel does into the scripts, or show what would change",
	  MAYBE, OWN, 0, 0, 0, command_set_bless },
	{ 0, "export", "=packetdrill  write (-o) scripts in plain packetdrill",
	  VALUE, OWN, 0, 0, 0, command_set_export },
	{ 0, "new", "[=NAME]  write (-o) a script to begin with; without a name: list them",
	  MAYBE_NEXT, TEXT, AT(start), 0, 0, NULL },
	{ 0, "from_pcap", "=FILE  write a script (-o) for a connection of a capture",
	  VALUE, TEXT, AT(from_pcap.path), 0, 0, NULL },
	{ 0, "minimise", "  write (-o) the shortest script that fails as this one",
	  NO_VALUE, FLAG, AT(minimise), 0, 0, NULL },
	{ 0, "explore", "[=SECONDS]  walks that chance makes, judged by the model (60 s)",
	  MAYBE, OWN, 0, 0, 0, command_set_explore },
	{ 0, "walks", "=N  so many of them at most", VALUE, OWN, 0, 0, 0, command_set_walks },
	{ 0, "seed", "=N  of these walks: the same again, or others", VALUE, OWN, 0, 0, 0, command_set_seed },
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
	  VALUE, OWN, 0, 0, 0, command_set_model },
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

enum { ROWS = sizeof(rows) / sizeof(*rows) };
static_assert((int)ROWS <= (int)COMMAND_LINE_OPTIONS, "each has a place in command_line.given");

/* The result of a test depends on these, as it depends on a script's own options. */
static const char *const telling[] = {
	"timeout",         "no_realtime", "no_commands",    "known",          "replay",
	"model",           "wire_client", "wire_server_at", "wire_server_ip", "wire_server_port",
	"wire_client_dev", "wire_key"
};

static int set_help(struct command_line *line, const char *value)
{
	(void)value;
	command_help(line->suite.program_name, rows, ROWS);
	return SUITE_PASSED;
}

static bool same_name(const char *a, const char *b, size_t length)
{
	size_t i = 0;

	while (i < length && a[i] && (a[i] == b[i] || (a[i] == '_' && b[i] == '-')))
		i++;
	return i == length && !a[i];
}

const struct command_option *command_option_find(const char *name, size_t length)
{
	for (size_t i = 0; i < ROWS; i++)
		if ((rows[i].name[0] == *name && same_name(rows[i].name, name, length)) ||
		    (length == 1 && rows[i].letter == *name))
			return &rows[i];
	return NULL;
}

static int set_number(struct command_line *line, const struct command_option *row,
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

int command_option_set(struct command_line *line, const struct command_option *row,
                       const char *value)
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

bool command_option_given(const struct command_line *line, const char *name)
{
	return line->given[command_option_find(name, strlen(name)) - rows];
}

int command_option_unknown(const struct command_line *line, const char *name)
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
