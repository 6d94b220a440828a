/*
 * The parent sleeps in poll(2) on the pipes of the running children. A child says when its world is
 * made, and when its verdict is there. The parent never waits until a namespace is gone. Making a
 * world is work, while playing a script is mostly waiting. So a test is only started when few
 * others are still making their world: their work would make those late that are being played.
 */
#include "suite/play.h"

#include <poll.h>
#include <sys/wait.h>

#include "suite/attempt.h"
#include "suite/prepare.h"
#include "suite/stop.h"
#include "suite/tell.h"

/*
 * How often the parent wakes up when nothing happens, to report progress. In virtual time nobody
 * wants to know, and waking up costs as much as an hour of sleep.
 */
enum { TICK = 250 * USEC_PER_MSEC };
#define VIRTUAL_TICK (3600 * (usec_t)USEC_PER_SEC)

static void begin(struct play *play, struct test *test)
{
	if (play->options->in_guest)
		tell_begin(test, play->options);
	if (!test->verdict)
		test_prepare(test, play->options);
	/* The verdict is there already: for a bad script, one that is skipped, or a dry run. */
	if ((test->verdict->kind != VERDICT_NONE && !test->tries) ||
	    !attempt_start(test, play->options))
		play->over(play->context, test);
	else
		play->running[play->running_count++] = test;
}

static unsigned setups_under_way(const struct play *play)
{
	unsigned count = 0;

	for (unsigned i = 0; i < play->running_count; i++)
		count += !play->running[i]->ready;
	return count;
}

static bool may_begin(const struct play *play)
{
	return play->next < play->count && play->running_count < play->jobs &&
	       setups_under_way(play) < play->setups && !play->ended(play->context);
}

static void end(struct play *play, unsigned index, bool said_done)
{
	struct test *test = play->running[index];

	play->running[index] = play->running[--play->running_count];
	attempt_finish(test, said_done);
	play->over(play->context, test);
}

/* A test that does not stop when it is told to is killed when its grace time is over. */
static void look_after(struct play *play, unsigned index, bool readable, usec_t now)
{
	struct test *test = play->running[index];
	const char *ended = play->ended(play->context);
	bool said_done = false;

	if (readable && attempt_listen(test, play->options, &said_done))
		end(play, index, said_done);
	else if (test->stopping && (now >= test->deadline || stop_count() > 1))
		end(play, index, false);
	else if (now >= test->deadline)
		attempt_overdue(test);
	else if (ended && !test->stopping)
		attempt_stop(test, ended);
	else
		attempt_watch(test, now);
}

/*
 * Waits for children that have ended. Most had said that they were done; how the others ended is a
 * result.
 */
static void reap(struct play *play)
{
	pid_t child;
	int status;

	while ((child = waitpid(-1, &status, WNOHANG)) > 0)
		for (unsigned i = 0; i < play->running_count; i++)
			if (play->running[i]->child == child) {
				play->running[i]->ended = true;
				play->running[i]->status = status;
			}
}

static void wait_for_some(struct play *play)
{
	struct pollfd fds[JOBS_MAX + 1];

	usec_t now = usec_now();
	usec_t nearest = now + (play->options->virtual_time ? VIRTUAL_TICK : TICK);
	unsigned count = play->running_count;
	for (unsigned i = 0; i < count; i++) {
		fds[i] = (struct pollfd){ .fd = play->running[i]->done, .events = POLLIN };
		usec_t look = attempt_next_look(play->running[i], now, play->options->virtual_time);

		if (look < nearest)
			nearest = look;
	}
	/* The descriptor for signals stays readable, so it may only end the first sleep. */
	fds[count] =
		(struct pollfd){ .fd = stop_signal() ? -1 : stop_descriptor(), .events = POLLIN };
	int timeout = nearest > now ? (int)((nearest - now) / USEC_PER_MSEC) + 1 : 0;
	int ready = poll(fds, count + 1, timeout);
	now = usec_now();
	for (unsigned i = count; i-- > 0;)
		look_after(play, i, ready > 0 && fds[i].revents, now);
	reap(play);
}

void play_all(struct play *play)
{
	do {
		while (may_begin(play))
			begin(play, play->queue[play->next++]);
		play->tick(play->context, play);
		if (play->running_count)
			wait_for_some(play);
	} while (play->running_count || may_begin(play));
}
