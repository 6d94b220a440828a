#include "suite/command_together.h"

#include <limits.h>
#include <string.h>

#include "script/included.h"
#include "suite/command_options.h"

enum { GOOD = COMMAND_LINE_GOOD, CONTRADICTIONS = 20 };

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

static const char *const companions[][2] = {
	/* clang-format off */
	{ "claims", "coverage" },
	{ "judgements", "coverage" },
	{ "artifacts_known", "artifacts" },
	{ "flow", "from_pcap" },
	{ "side", "from_pcap" },
	{ "seed", "explore" },
	{ "walks", "explore" },
	{ "explore_dir", "explore" },
	{ "strace", "from_pcap" },
	{ "explored", "transitions" },
	/* clang-format on */
};

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

int command_together_check(struct command_line *line)
{
	char installed[PATH_MAX];
	int wired = check_wire(line);

	if (wired != GOOD)
		return wired;
	for (size_t i = 0; i < sizeof(contradictions) / sizeof(*contradictions); i++) {
		const struct contradiction *row = &contradictions[i];

		if (!command_option_given(line, row->option))
			continue;
		for (size_t k = 0; k < CONTRADICTIONS && row->others[k]; k++)
			if (command_option_given(line, row->others[k]))
				return command_line_error(line,
				                          "--%s and --%s contradict each other",
				                          row->option, row->others[k]);
	}
	for (size_t i = 0; i < sizeof(companions) / sizeof(*companions); i++)
		if (command_option_given(line, companions[i][0]) &&
		    !command_option_given(line, companions[i][1]))
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
		return command_line_add_path(
			line, arena_strdup(line->arena, included_scripts(installed)));
	if (!line->scripts.count && !line->check_pcap && !line->from_pcap.path && !line->start &&
	    !line->explore.time)
		return command_line_error(line, "no script given");
	if (line->suite.bless && line->suite.subject_count > 1)
		return command_line_error(line, "--bless wants one kernel or stack");
	for (const struct script_path *path = line->scripts.first; path; path = path->next)
		if (line->suite.bless && !strcmp(path->path, "-"))
			return command_line_error(line, "--bless wants scripts that are files");
		else if ((command_option_given(line, "kernel") || line->watch) &&
		         !strcmp(path->path, "-"))
			return command_line_error(line,
			                          "--%s wants scripts that are files, not '-'",
			                          line->watch ? "watch" : "kernel");
	return GOOD;
}
