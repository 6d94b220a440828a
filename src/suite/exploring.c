#include "suite/exploring.h"

#include <stdlib.h>
#include <string.h>

#include "author/minimise.h"
#include "suite/stop.h"
#include "suite/suite.h"
#include "suite/tries.h"

struct exploration {
	struct player player;
	const struct defines *given; /* on the command line */
};

static void play(void *context, const char *const *texts, size_t count, struct walked *walked)
{
	struct player *player = &((struct exploration *)context)->player;
	size_t all = count * player->subjects;
	struct played *played = calloc(all, sizeof(*played));

	memset(walked, 0, all * sizeof(*walked));
	if (!played)
		return;
	player->limit = 0;
	player->play(player->context, "walk", texts, count, played);
	for (size_t i = 0; i < all; i++) {
		walked[i].kind = played[i].kind;
		walked[i].model = played[i].model;
		walked[i].digest = played[i].digest;
		memcpy(walked[i].reason, played[i].reason, sizeof(walked[i].reason));
	}
	free(played);
}

static bool shorten(void *context, const char *path, usec_t until)
{
	struct exploration *exploration = context;
	struct minimise wanted = {
		.path = path,
		.output = path,
		.given = exploration->given,
		.until = until,
	};

	return minimise(&wanted, &exploration->player, NULL);
}

static bool stopped(void *context)
{
	(void)context;
	return stop_signal() != 0;
}

static bool clock_is_driven(const struct suite_options *options)
{
	const struct given_option *given = options->given;

	while (given && strcmp(option_name(given->row), "drive_clock"))
		given = given->next;
	return given;
}

/* Hours may be waited for only where they cost nothing. */
static bool is_patient(const struct suite_options *options)
{
	bool driven = clock_is_driven(options);

	for (unsigned i = 0; i < options->subject_count; i++) {
		const struct subject *subject = &options->subjects[i];

		if (subject_is_stack(subject) ? !driven
		                              : !subject->guest || !subject->guest->virtual_time)
			return false;
	}
	return true;
}

static bool has_stack(const struct suite_options *options)
{
	for (unsigned i = 0; i < options->subject_count; i++)
		if (subject_is_stack(&options->subjects[i]))
			return true;
	return false;
}

int exploring_run(const struct explore *wanted, const struct suite_options *options)
{
	static const int statuses[] = {
		[EXPLORED_NOTHING] = SUITE_PASSED,
		[EXPLORED_FOUND] = SUITE_FAILED,
		[EXPLORED_BROKEN] = SUITE_FAULT,
	};
	struct exploration exploration = { .given = options->defines };
	struct player *player = &exploration.player;
	struct tries *tries = tries_open(options, player);

	if (!tries)
		return SUITE_FAULT;
	struct explorer explorer = {
		.play = play,
		.shorten = shorten,
		.stopped = stopped,
		.context = &exploration,
		.subjects = player->subjects,
		.patient = is_patient(options),
		.name = player->name,
		.stack = has_stack(options),
	};
	enum explored explored = explore(wanted, &explorer, stdout, stderr);
	tries_close(tries);
	return explored == EXPLORED_NOTHING && stop_signal() ? SUITE_SIGNAL + stop_signal()
	                                                     : statuses[explored];
}
