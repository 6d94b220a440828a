/*
 * Theory of operation. The list is dealt out to as many guests as there are processors. A guest has
 * the same command line, and the list of its tests; it tells of a test with two files in the folder
 * it shares with us, NUMBER.begun and NUMBER.result, and inotify tells of these. In virtual time it
 * plays one test after the other, each as if the kernel had just come up: nothing that another did,
 * nor the machine, changes any of its times. In real time tests lie side by side, as on the machine
 * itself.
 *
 * A guest that ends early has its last test to blame, when it had one; the others are played by the
 * next guest. When several were on their way, each of them gets a guest of its own.
 */
#include "suite/guests.h"

#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/wait.h>
#include <unistd.h>

#include "guest/guest.h"
#include "guest/inside.h"
#include "guest/share.h"
#include "suite/artifacts.h"
#include "suite/orders.h"
#include "suite/prepare.h"
#include "suite/result.h"
#include "suite/stop.h"

enum { LANES_MAX = 64, TICK = 250 * USEC_PER_MSEC };

/* Of real time. After it a kernel has booted, or, in virtual time, a test is over. */
enum { BOOT_LIMIT = 60, TEST_LIMIT = 60 };
enum { FACTS_TICK = 5 }; /* milliseconds */

enum progress { WAITING, BEGUN, OVER };

struct seat {
	struct test *test; /* freed when it is OVER */
	unsigned number;
	enum progress progress;
	bool suspect; /* it was under way, together with others, when a guest ended */
	unsigned lane;
};

/* A lane: one guest after another, which play the seats with its number. */
struct lane {
	const struct guest_kernel *kernel;
	struct guest guest;
	bool open;    /* a guest is running */
	bool told;    /* the guest has told something since it booted */
	int watch;    /* an inotify watch on its folder */
	usec_t heard; /* when the guest told something last */
	usec_t limit; /* how long it may be silent before it counts as hanging */
};

struct guests {
	struct arena *arena;
	const struct suite_options *options;
	struct guest_home home;
	unsigned folders; /* how many were made */
	int watch;        /* descriptor of inotify */
	struct seat *seats;
	size_t count;
	struct lane lanes[LANES_MAX];
	unsigned lane_count;
	struct play *play;
};

/* ---- booting ---- */

/* The scripts of the lane's tests, as far as they are in no file. */
static bool write_texts(struct guests *guests, unsigned lane, const char *folder)
{
	const struct script_file *last = NULL;
	bool good = true;

	for (size_t i = 0; i < guests->count && good; i++) {
		const struct seat *seat = &guests->seats[i];

		if (seat->lane != lane || seat->progress != WAITING ||
		    seat->test->script->file == last)
			continue;
		last = seat->test->script->file;
		good = orders_write_text(guests->arena, folder, seat->test);
	}
	return good;
}

static bool write_orders(struct guests *guests, unsigned lane, const char *folder,
                         const char *const *tests)
{
	extern char **environ;
	const struct suite_options *options = guests->options;
	const char *places[] = { getcwd(arena_alloc(guests->arena, 4096), 4096), options->artifacts,
		                 NULL };
	if (!places[0])
		return false;
	return write_texts(guests, lane, folder) &&
	       share_write(guests->arena, folder, SHARE_PLACES, places) &&
	       share_write(guests->arena, folder, SHARE_WORDS, options->words) &&
	       share_write(guests->arena, folder, SHARE_ENVIRONMENT,
	                   (const char *const *)environ) &&
	       share_write(guests->arena, folder, SHARE_TESTS, tests);
}

static bool is_for(const struct seat *seat, unsigned lane, bool suspect)
{
	return seat->lane == lane && seat->progress == WAITING && seat->suspect == suspect;
}

/* The tests that the lane's next guest shall play. A suspect is played alone. */
static const char **tests_of(struct guests *guests, unsigned lane, size_t *number)
{
	const char **tests = arena_alloc(guests->arena, (guests->count + 1) * sizeof(*tests));

	usec_t longest = 0;
	*number = 0;
	for (int suspects = 0; suspects < 2 && !*number; suspects++)
		for (size_t i = 0; i < guests->count; i++) {
			const struct seat *seat = &guests->seats[i];

			if (!is_for(seat, lane, suspects) || (suspects && *number))
				continue;
			tests[(*number)++] = orders_line(guests->arena, seat->test);
			longest = seat->test->expected > longest ? seat->test->expected : longest;
		}
	guests->lanes[lane].limit = guests->options->time_limit;
	if (!guests->lanes[lane].limit)
		guests->lanes[lane].limit = TEST_LIMIT * (usec_t)USEC_PER_SEC;
	if (!guests->lanes[lane].kernel->virtual_time)
		guests->lanes[lane].limit += 3 * longest;
	return tests;
}

/* Also returns true when there is nothing left to do. */
static bool boot(struct guests *guests, unsigned index)
{
	struct lane *lane = &guests->lanes[index];
	size_t number;
	const char **tests = tests_of(guests, index, &number);

	if (!number)
		return true;
	const char *folder = guest_folder(guests->arena, &guests->home, guests->folders++);
	if (!folder || !write_orders(guests, index, folder, tests))
		return false;
	lane->watch = inotify_add_watch(guests->watch, folder, IN_CREATE | IN_MOVED_TO);
	lane->told = false;
	lane->heard = usec_now();
	lane->open = lane->watch >= 0 &&
	             guest_boot(&lane->guest, &guests->home, lane->kernel, folder, index);
	return lane->open;
}

/* ---- what a guest tells ---- */

static struct seat *seat_of(struct guests *guests, unsigned number)
{
	for (size_t i = 0; i < guests->count; i++)
		if (guests->seats[i].number == number)
			return &guests->seats[i];
	return NULL;
}

static void remove_running(struct play *play, const struct test *test)
{
	for (unsigned i = 0; i < play->running_count; i++)
		if (play->running[i] == test)
			play->running[i] = play->running[--play->running_count];
}

static void take_begin(struct guests *guests, struct seat *seat)
{
	struct play *play = guests->play;

	if (seat->progress != WAITING)
		return;
	seat->progress = BEGUN;
	seat->test->started = usec_now();
	if (play->running_count < JOBS_MAX)
		play->running[play->running_count++] = seat->test;
}

static void finish(struct guests *guests, struct seat *seat)
{
	remove_running(guests->play, seat->test);
	seat->progress = OVER;
	guests->play->over(guests->play->context, seat->test);
}

/* The errors of a bad script are printed here, where the user can see them. */
static void prepare(struct guests *guests, struct test *test)
{
	test_prepare(test, guests->options);
	if (guests->options->artifacts)
		artifacts_name(test, guests->options->artifacts);
}

/* Copies a file that the command line wants of its one test. */
static void fetch(struct guests *guests, const struct lane *lane, const char *file, const char *to)
{
	if (to && !share_fetch(guests->arena, lane->guest.folder, file, to) && errno != ENOENT)
		fprintf(stderr, "%s: cannot write %s: %s\n", guests->options->program_name, to,
		        strerror(errno));
}

static void take_result(struct guests *guests, const struct lane *lane, struct seat *seat,
                        const char *path)
{
	struct test *test = seat->test;

	if (seat->progress == OVER)
		return;
	prepare(guests, test);
	if (!result_read(test, path))
		test_end(test, ENDING_BROKEN, "the guest's result cannot be read");
	unlink(path);
	fetch(guests, lane, SHARE_PCAP, guests->options->pcap_path);
	fetch(guests, lane, SHARE_RECORDING, guests->options->record_path);
	finish(guests, seat);
}

static void take_file(struct guests *guests, struct lane *lane, const char *name)
{
	char *rest;
	unsigned long number = strtoul(name, &rest, 10);
	struct seat *seat = rest > name ? seat_of(guests, (unsigned)number) : NULL;

	/* What the test printed comes before its result. */
	guest_listen(&lane->guest);
	lane->told = true;
	lane->heard = usec_now();
	if (!seat)
		return;
	if (!strcmp(rest, ".begun"))
		take_begin(guests, seat);
	else if (!strcmp(rest, ".result"))
		take_result(
			guests, lane, seat,
			arena_printf(seat->test->script->arena, "%s/%s", lane->guest.folder, name));
}

static void take_news(struct guests *guests)
{
	_Alignas(struct inotify_event) char bytes[16384];
	ssize_t length;
	while ((length = read(guests->watch, bytes, sizeof(bytes))) > 0)
		for (char *p = bytes; p < bytes + length;) {
			const struct inotify_event *event = (const void *)p;

			for (unsigned i = 0; i < guests->lane_count; i++)
				if (guests->lanes[i].open && guests->lanes[i].watch == event->wd &&
				    event->len)
					take_file(guests, &guests->lanes[i], event->name);
			p += sizeof(*event) + event->len;
		}
}

/* ---- the end of a guest ---- */

/*
 * The lines of the console that are shown: the last ones, or those that begin shortly before the
 * line in which the kernel gave up.
 */
static size_t first_of_last_words(const struct guest *guest)
{
	enum { LINES = 5, BEFORE = 2 };
	const char *line, *panic = guest_panic(guest);
	size_t i = 0;

	for (; (line = guest_line(guest, i)) && line != panic; i++)
		;
	size_t back = line ? BEFORE : LINES;
	return i > back ? i - back : 0;
}

static void add_console(struct evidence *evidence, const struct guest *guest)
{
	size_t used = 0, first = first_of_last_words(guest);
	const char *line;

	for (size_t i = first; (line = guest_line(guest, i)) && used < VERDICT_TEXT; i++)
		used += (size_t)snprintf(evidence->detail + used, VERDICT_TEXT - used, "%s%s",
		                         i > first ? "\n" : "the kernel's last words:\n", line);
}

static void blame(struct guests *guests, struct seat *seat, const struct guest *guest, bool hangs)
{
	const char *panic = guest_panic(guest);
	struct test *test = seat->test;

	prepare(guests, test);
	add_console(test->evidence, guest);
	if (panic)
		test_end(test, ENDING_WRONG, "the kernel under test gave up: %s",
		         strstr(panic, "Kernel panic"));
	else if (hangs)
		test_end(test, ENDING_WRONG,
		         "the kernel under test hangs, or something in it never sleeps");
	else
		test_end(test, ENDING_BROKEN, "the guest ended by itself, with status %d",
		         WIFEXITED(guest->status) ? WEXITSTATUS(guest->status)
		                                  : -WTERMSIG(guest->status));
	test->tries = 1;
	test->cut_short = true;
	test->wall = usec_now() - test->started;
	if (test->artifacts)
		artifacts_add_console(test, guest->folder);
	finish(guests, seat);
}

/*
 * Of the tests that were under way when a guest ended: a single one is to blame; of several, each
 * is tried again alone.
 */
static void find_cause(struct guests *guests, unsigned index, bool hangs)
{
	size_t begun = 0;

	for (size_t i = 0; i < guests->count; i++)
		begun += guests->seats[i].lane == index && guests->seats[i].progress == BEGUN;
	for (size_t i = 0; i < guests->count; i++) {
		struct seat *seat = &guests->seats[i];

		if (seat->lane != index || seat->progress != BEGUN)
			continue;
		if (begun == 1) {
			blame(guests, seat, &guests->lanes[index].guest, hangs);
		} else {
			remove_running(guests->play, seat->test);
			seat->progress = WAITING;
			seat->suspect = true;
		}
	}
}

/* No guest boots, or none can be made, so this lane can play nothing more. */
static void give_up(struct guests *guests, unsigned index, const char *why)
{
	for (size_t i = 0; i < guests->count; i++) {
		struct seat *seat = &guests->seats[i];

		if (seat->lane != index || seat->progress == OVER)
			continue;
		prepare(guests, seat->test);
		add_console(seat->test->evidence, &guests->lanes[index].guest);
		test_end(seat->test, ENDING_BROKEN, "%s", why);
		finish(guests, seat);
	}
}

static void end_lane(struct guests *guests, unsigned index, bool hangs)
{
	struct lane *lane = &guests->lanes[index];

	guest_end(&lane->guest);
	take_news(guests);
	lane->open = false;
	find_cause(guests, index, hangs);
	if (!lane->told)
		give_up(guests, index, "the guest ended before it was ready");
	else if (!boot(guests, index))
		give_up(guests, index, "another guest cannot be made");
}

static void look_after(struct guests *guests, unsigned index)
{
	struct lane *lane = &guests->lanes[index];

	if (!lane->open)
		return;
	if (guest_has_ended(&lane->guest))
		end_lane(guests, index, false);
	else if (usec_now() - lane->heard > lane->limit)
		end_lane(guests, index, true);
}

/* ---- waiting ---- */

static void wait_for_some(struct guests *guests)
{
	struct pollfd fds[2 * LANES_MAX + 2];

	nfds_t count = 0;
	fds[count++] = (struct pollfd){ .fd = guests->watch, .events = POLLIN };
	fds[count++] =
		(struct pollfd){ .fd = stop_signal() ? -1 : stop_descriptor(), .events = POLLIN };
	for (unsigned i = 0; i < guests->lane_count; i++)
		if (guests->lanes[i].open) {
			fds[count++] = (struct pollfd){ .fd = guests->lanes[i].guest.console,
				                        .events = POLLIN };
			fds[count++] = (struct pollfd){ .fd = guests->lanes[i].guest.output,
				                        .events = POLLIN };
		}
	poll(fds, count, TICK / USEC_PER_MSEC);
	take_news(guests);
	for (unsigned i = 0; i < guests->lane_count; i++)
		look_after(guests, i);
}

static bool any_open(const struct guests *guests)
{
	for (unsigned i = 0; i < guests->lane_count; i++)
		if (guests->lanes[i].open)
			return true;
	return false;
}

/* The run ends early. Tests that were under way have no result; the others were not started. */
static void stop(struct guests *guests, const char *why)
{
	for (unsigned i = 0; i < guests->lane_count; i++) {
		if (!guests->lanes[i].open)
			continue;
		guest_end(&guests->lanes[i].guest);
		take_news(guests);
		guests->lanes[i].open = false;
	}
	for (size_t i = 0; i < guests->count; i++) {
		struct seat *seat = &guests->seats[i];

		if (seat->progress != BEGUN)
			continue;
		prepare(guests, seat->test);
		seat->test->stopping = why;
		seat->test->tries = 1;
		test_end(seat->test, ENDING_BROKEN, "%s", why);
		finish(guests, seat);
	}
}

void guests_play(struct guests *guests, struct play *play)
{
	const char *why;

	guests->play = play;
	take_news(guests);
	while (any_open(guests)) {
		if ((why = play->ended(play->context)))
			stop(guests, why);
		else
			wait_for_some(guests);
		play->tick(play->context, play);
	}
	play->next = play->count;
	for (size_t i = 0; i < guests->count; i++)
		if (guests->seats[i].progress == WAITING)
			play->queue[--play->next] = guests->seats[i].test;
}

/* ---- opening ---- */

static unsigned lanes_for(const struct guests *guests, size_t tests, unsigned kernels)
{
	enum { WORTH_A_GUEST = 8 }; /* a guest is worth booting for so many tests */
	long cpus = sysconf(_SC_NPROCESSORS_ONLN);
	size_t most = cpus < 1 ? 1 : cpus < LANES_MAX ? (size_t)cpus : LANES_MAX;
	size_t lanes = (tests + WORTH_A_GUEST - 1) / WORTH_A_GUEST;

	if (guests->options->jobs < most)
		most = guests->options->jobs;
	most = most > kernels ? most / kernels : 1;
	return (unsigned)(lanes < most ? lanes : most);
}

/* Gives the tests of one kernel to lanes of their own, script by script. */
static void deal(struct guests *guests, unsigned kernel, unsigned kernels)
{
	size_t tests = 0, dealt = 0;

	for (size_t i = 0; i < guests->count; i++)
		tests += guests->seats[i].test->subject == kernel;
	if (!tests)
		return;
	unsigned lanes = lanes_for(guests, tests, kernels), first = guests->lane_count;
	const struct test_script *script = NULL;
	for (size_t i = 0; i < guests->count; i++) {
		const struct test *test = guests->seats[i].test;

		if (test->subject != kernel)
			continue;
		/*
		 * The families of a script stay together, because a guest reads it once for all of
		 * them.
		 */
		dealt += script && test->script != script;
		script = test->script;
		guests->seats[i].lane = first + (unsigned)(dealt % lanes);
	}
	for (unsigned i = 0; i < lanes; i++)
		guests->lanes[first + i].kernel = guests->options->subjects[kernel].guest;
	guests->lane_count += lanes;
}

static bool take_facts(struct guests *guests, const struct lane *lane, char name, unsigned lanes,
                       struct facts *facts)
{
	const char **texts = share_read(guests->arena, lane->guest.folder, SHARE_FACTS, NULL);
	const char prefix[] = { name, ' ', '\0' };

	if (!texts)
		return false;
	facts_add(facts, arena_printf(facts->arena, "%sbooted", name ? prefix : ""),
	          "%s, %u guest%s in %s time", lane->kernel->label, lanes, lanes == 1 ? "" : "s",
	          lane->kernel->virtual_time ? "virtual" : "real");
	for (; texts[0] && texts[1]; texts += 2)
		facts_add(facts, arena_printf(facts->arena, "%s%s", name ? prefix : "", texts[0]),
		          "%s", texts[1]);
	return true;
}

/*
 * Waits for the first guest of a kernel. `name` is the letter of the kernel; 0 when there is only
 * one kernel.
 */
static bool wait_for_facts(struct guests *guests, unsigned first, unsigned lanes, char name,
                           struct facts *facts, char error[GUEST_ERROR_TEXT])
{
	struct lane *lane = &guests->lanes[first];

	usec_t until = usec_now() + BOOT_LIMIT * (usec_t)USEC_PER_SEC;
	for (;;) {
		struct pollfd fds[] = {
			{ .fd = guests->watch, .events = POLLIN },
			{ .fd = lane->guest.console, .events = POLLIN },
		};

		/*
		 * This is asked before the facts are read: a guest with little to do may end before
		 * we look at what it told.
		 */
		bool ended = guest_has_ended(&lane->guest);
		if (take_facts(guests, lane, name, lanes, facts))
			return true;
		if (stop_signal() || ended || usec_now() > until) {
			snprintf(error, GUEST_ERROR_TEXT, "%s does not boot: %s",
			         lane->kernel->label,
			         stop_signal() ? "stopped by a signal"
			                       : guest_last_word(&lane->guest));
			return false;
		}
		poll(fds, 2, FACTS_TICK);
	}
}

static bool boot_all(struct guests *guests, struct facts *facts, char error[GUEST_ERROR_TEXT])
{
	unsigned lanes;

	for (unsigned i = 0; i < guests->lane_count; i++)
		if (!boot(guests, i)) {
			snprintf(error, GUEST_ERROR_TEXT, "%s: %s", guests->lanes[i].kernel->label,
			         strerror(errno));
			return false;
		}
	for (unsigned i = 0; i < guests->lane_count; i += lanes) {
		const struct guest_kernel *kernel = guests->lanes[i].kernel;
		char name = 0;

		for (lanes = 1;
		     i + lanes < guests->lane_count && guests->lanes[i + lanes].kernel == kernel;
		     lanes++)
			;
		if (guests->options->subject_count > 1)
			name = kernel == guests->options->subjects[0].guest ? 'A' : 'B';
		if (!wait_for_facts(guests, i, lanes, name, facts, error))
			return false;
	}
	return true;
}

struct guests *guests_open(const struct suite_options *options, struct test *const *tests,
                           size_t count, struct facts *facts, char error[GUEST_ERROR_TEXT])
{
	struct arena *arena = arena_new();
	struct guests *guests = arena_alloc(arena, sizeof(*guests));
	unsigned kernels = 0;

	guests->arena = arena;
	guests->options = options;
	guests->count = count;
	guests->seats = arena_alloc(arena, count * sizeof(*guests->seats));
	for (size_t i = 0; i < count; i++)
		guests->seats[i] = (struct seat){ .test = tests[i], .number = tests[i]->number };
	for (unsigned i = 0; i < options->subject_count; i++)
		kernels += options->subjects[i].guest != NULL;
	for (unsigned i = 0; i < options->subject_count; i++)
		deal(guests, i, kernels);
	guests->watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
	if (guest_home_open(&guests->home, arena, guests->lane_count, error) &&
	    boot_all(guests, facts, error))
		return guests;
	guests_close(guests);
	return NULL;
}

void guests_close(struct guests *guests)
{
	for (unsigned i = 0; i < guests->lane_count; i++)
		if (guests->lanes[i].open)
			guest_end(&guests->lanes[i].guest);
	close(guests->watch);
	guest_home_close(&guests->home);
	arena_free(guests->arena);
}
