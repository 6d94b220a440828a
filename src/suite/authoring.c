#include "suite/authoring.h"

#include "suite/stop.h"
#include "suite/suite.h"
#include "suite/tries.h"

static const int statuses[] = {
	[AUTHORED] = SUITE_PASSED,
	[AUTHORED_FAILS] = SUITE_FAILED,
	[AUTHORED_NOTHING] = SUITE_BAD_SCRIPT,
};

int authoring_from_pcap(const struct from_pcap *wanted, const struct suite_options *options)
{
	struct player player;
	struct tries *tries = tries_open(options, &player);

	if (!tries)
		return SUITE_FAULT;
	enum authored authored = from_pcap(wanted, &player, stderr);
	tries_close(tries);
	return statuses[authored];
}

int authoring_bless(const struct script_paths *scripts, bool diff,
                    const struct suite_options *options)
{
	struct player player;
	struct tries *tries = tries_open(options, &player);
	int status = SUITE_PASSED;

	if (!tries)
		return SUITE_FAULT;
	for (const struct script_path *path = scripts->first; path && !stop_signal();
	     path = path->next) {
		const struct blessing wanted = { path->path, diff };

		if (bless(&wanted, &player, stdout, stderr) != BLESSED)
			status = SUITE_BAD_SCRIPT;
	}
	tries_close(tries);
	return status;
}

int authoring_minimise(const struct minimise *wanted, const struct suite_options *options)
{
	struct player player;
	struct tries *tries = tries_open(options, &player);

	if (!tries)
		return SUITE_FAULT;
	bool good = minimise(wanted, &player, stderr);
	tries_close(tries);
	return good ? SUITE_PASSED : SUITE_BAD_SCRIPT;
}

int authoring_start(const struct start *wanted)
{
	return start_write(wanted, stderr) ? SUITE_PASSED : SUITE_BAD_SCRIPT;
}
