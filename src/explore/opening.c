#include "explore/opening.h"

#include <stdio.h>
#include <string.h>

#include "explore/stimulus.h"

enum { LISTENER_SET = 100, FIRST_SET = 101 }; /* of epoll, behind what program_binds() opens */

/* ---- what holds for the whole walk ---- */

static const struct {
	const char *line;
	unsigned percent;
	bool plain; /* it takes away what Linux adds to TCP */
} sysctls[] = {
	/* clang-format off */
	{ "net.ipv4.tcp_invalid_ratelimit = 0",     70, true },
	{ "net.ipv4.tcp_early_retrans = 0",         30, true },
	{ "net.ipv4.tcp_rfc1337 = 1",                5, false },
	{ "net.ipv4.tcp_fin_timeout = 5",            5, false },
	{ "net.ipv4.tcp_max_tw_buckets = 0",         2, false },
	{ "net.ipv4.tcp_abort_on_overflow = 1",      2, false },
	{ "net.ipv4.tcp_orphan_retries = 2",         3, false },
	{ "net.ipv4.tcp_retries2 = 4",               3, false },
	{ "net.ipv4.tcp_syncookies = 0",             5, true },
	{ "net.ipv4.tcp_recovery = 0",              10, true },
	/* clang-format on */
};

void opening_settings(struct chance *chance, bool plain, struct habits *common, FILE *out)
{
	static const char *const families[] = { "ipv4", "ipv4", "ipv4", "ipv6",
		                                "ipv4-mapped-ipv6" };

	const char *family = families[chance_below(chance, sizeof(families) / sizeof(*families))];

	*common = (struct habits){
		.ipv6 = !strcmp(family, "ipv6"),
		.mapped = !strcmp(family, "ipv4-mapped-ipv6"),
		.stamps = chance_percent(chance, 75) && !plain,
		.sack = chance_percent(chance, 85) && !plain,
		.scale = chance_percent(chance, 90) && !plain,
		.room = chance_percent(chance, 15) && !plain ? 2920 : 64240,
		.plain = plain,
	};
	fprintf(out, "--unexpected=ignore\n--ip_version=%s\n", family);
	fprintf(out, "sysctl net.ipv4.tcp_congestion_control = reno\n");
	/* What one walk measured is not to be what the next one begins with. */
	fprintf(out, "sysctl net.ipv4.tcp_no_metrics_save = 1\n");
	if (!common->stamps)
		fprintf(out, "sysctl net.ipv4.tcp_timestamps = 0\n");
	if (!common->sack)
		fprintf(out, "sysctl net.ipv4.tcp_sack = 0\n");
	if (!common->scale)
		fprintf(out, "sysctl net.ipv4.tcp_window_scaling = 0\n");
	common->fast_open = !plain && chance_percent(chance, 12);
	if (common->fast_open)
		fprintf(out, "sysctl net.ipv4.tcp_fastopen = 0x202\n");
	for (size_t i = 0; i < sizeof(sysctls) / sizeof(*sysctls); i++)
		if (chance_percent(chance, sysctls[i].percent) && (sysctls[i].plain || !plain))
			fprintf(out, "sysctl %s\n", sysctls[i].line);
}

static struct habits choose_habits(struct chance *chance, const struct habits *common)
{
	static const uint16_t windows[] = { 257, 257, 257, 8, 1, 65535 };

	return (struct habits){
		.stamps = chance_percent(chance, 65) && common->stamps,
		.sack = chance_percent(chance, 80) && common->sack,
		.scale = chance_percent(chance, 85) && common->scale,
		.active = chance_percent(chance, 25),
		.window = windows[chance_below(chance, sizeof(windows) / sizeof(*windows))],
		.room = common->room,
		.ipv6 = common->ipv6,
		.mapped = common->mapped,
		.plain = common->plain,
		.fast_open = common->fast_open,
	};
}

/* ---- the handshake ---- */

/* As the kernel has them that agrees with the peer, or opens by what is common. */
static const char *options_of_syn(const struct habits *habits, uint32_t echo, char text[96])
{
	if (!habits->stamps)
		return "<...>";
	snprintf(text, 96, "<mss *,%s,TS val %u ecr %u%s>", habits->sack ? "sackOK" : "nop,nop",
	         STIMULUS_ECHO, echo, habits->scale ? ",nop,wscale *" : "");
	return text;
}

static void begin_listening(struct walk *walk)
{
	walk_say(walk, 0, "socket(..., SOCK_STREAM, IPPROTO_TCP) = 3");
	walk->shared.listens = true;
	walk->shared.watched = false;
	walk->shared.reuses = walk->shared.reuses || chance_percent(&walk->chance, 70) ||
	                      walk->belief.habits.plain;
	if (walk->shared.reuses)
		walk_say(walk, 0, "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0");
	if (chance_percent(&walk->chance, 15) && !walk->belief.habits.plain)
		walk_say(walk, 0, "setsockopt(3, SOL_SOCKET, SO_REUSEPORT, [1], 4) = 0");
	if (walk->belief.habits.room < UINT16_MAX / 2)
		walk_say(walk, 0, "setsockopt(3, SOL_SOCKET, SO_RCVBUF, [4096], 4) = 0");
	if (walk->belief.habits.fast_open)
		walk_say(walk, 0, "setsockopt(3, IPPROTO_TCP, TCP_FASTOPEN, [5], 4) = 0");
	walk_say(walk, 0, "bind(3, ..., ...) = 0");
	walk_say(walk, 0, "listen(3, 9) = 0");
	if (walk->belief.habits.plain || walk->shared.has_set || !chance_percent(&walk->chance, 50))
		return;
	walk->shared.watched = walk->shared.has_set = true;
	walk_say(walk, 0, "epoll_create1(0) = %d", LISTENER_SET);
	walk_say(walk, 0, "epoll_ctl(%d, EPOLL_CTL_ADD, 3, {events=EPOLLIN, fd=3}) = 0",
	         LISTENER_SET);
	walk_say(walk, 0, "epoll_wait(%d, ..., 1, 0) = ...", LISTENER_SET);
}

static void get_syn(struct walk *walk)
{
	struct segment segment;
	char options[96], ports[WALK_PORTS];
	uint32_t stamp = walk->stamp, text = 0;

	if (walk->belief.habits.fast_open && chance_percent(&walk->chance, 80))
		text = 10;
	walk->early = text > 0;
	stimulus_right(walk, TCP_SYN, text, &segment);
	walk_inject(walk, 0, &segment);
	walk_say(walk, 0, "> %sS. 0:0(0) ack %u %s", walk_ports(walk, false, ports),
	         walk->first + 1 + text, options_of_syn(&walk->belief.habits, stamp, options));
}

/*
 * What wakes a waiter is seen by a set of epoll: it tells of what has woken it, and nothing else.
 * So each set waits for little.
 */
static void watch(struct walk *walk)
{
	static const char *const masks[] = {
		"EPOLLIN|EPOLLOUT|EPOLLRDHUP", "EPOLLIN",  "EPOLLOUT", "EPOLLRDHUP", "EPOLLRDHUP",
		"EPOLLRDNORM|EPOLLWRNORM",     "EPOLLPRI", "0",        "0",
	};

	if (walk->belief.habits.plain || chance_percent(&walk->chance, 35))
		return;
	for (unsigned count = 1 + chance_below(&walk->chance, WALK_SETS); count > 0; count--) {
		int set = FIRST_SET + walk->base * WALK_SETS / 2 + (int)walk->set_count;

		walk->sets[walk->set_count++] = set;
		walk_say(walk, 0, "epoll_create1(0) = %d", set);
		walk_say(walk, 0, "epoll_ctl(%d, EPOLL_CTL_ADD, %d, {events=%s, fd=%d}) = 0", set,
		         walk->descriptor,
		         masks[chance_below(&walk->chance, sizeof(masks) / sizeof(*masks))],
		         walk->descriptor);
	}
}

/* A signal is for the whole process, so one walk of a script has them. */
static void ask_for_signals(struct walk *walk)
{
	int fd = walk->descriptor;

	if (walk->belief.habits.plain || walk->shared.signals || !chance_percent(&walk->chance, 20))
		return;
	walk->shared.signals = walk->signalled = true;
	walk_say(walk, 0, "fcntl(%d, F_SETOWN, ...) = 0", fd);
	walk_say(walk, 0, "fcntl(%d, F_SETSIG, SIGIO) = 0", fd);
	walk_say(walk, 0, "fcntl(%d, F_SETFL, O_RDWR|O_NONBLOCK|O_ASYNC) = 0", fd);
	walk_say(walk, 0, "signal(SIGURG) = 0~1000");
	walk_say(walk, 0, "signal(SIGIO) = 0~1000");
}

/* Where the listener is waited at, it is looked at as well. */
static void look_at_listener(struct walk *walk)
{
	if (walk->belief.habits.plain)
		return;
	if (walk->shared.watched)
		walk_say(walk, 0, "epoll_wait(%d, ..., 1, 0) = ...", LISTENER_SET);
	if (chance_percent(&walk->chance, 20))
		walk_say(walk, 0,
		         "poll([{fd=3, events=POLLIN|POLLOUT|POLLRDNORM, revents=...}], 1, 0) = "
		         "...");
}

/* A second listener gets the port when all that had it have SO_REUSEADDR. */
static bool may_listen_again(const struct walk *walk)
{
	return walk->shared.reuses && walk->shared.others == 0 && !walk->belief.habits.plain;
}

static void open_passively(struct walk *walk)
{
	struct segment segment;

	get_syn(walk);
	/*
	 * Some stay in SYN-RECEIVED: nothing can accept them, nor what comes behind them, as long
	 * as the listener is the same.
	 */
	walk->half_open =
		chance_percent(&walk->chance, 40) && (walk->last || may_listen_again(walk));
	if (walk->half_open)
		return;
	/* With Fast Open a program has the connection before the handshake is over. */
	if (!walk->early || chance_percent(&walk->chance, 30)) {
		stimulus_right(walk, TCP_ACK, 0, &segment);
		walk_inject(walk, 10 * USEC_PER_MSEC, &segment);
	}
	look_at_listener(walk);
	walk_say(walk, 0, "accept(3, ..., ...) = %d", walk->base);
	walk_say(walk, 0, "fcntl(%d, F_SETFL, O_RDWR|O_NONBLOCK) = 0", walk->base);
	walk->descriptor = walk->base;
	look_at_listener(walk);
	watch(walk);
	ask_for_signals(walk);
}

static void open_actively(struct walk *walk, const struct habits *common)
{
	struct segment segment;
	char options[96];

	walk_say(walk, 0, "socket(..., SOCK_STREAM, IPPROTO_TCP) = %d", walk->base);
	walk_say(walk, 0, "fcntl(%d, F_SETFL, O_RDWR|O_NONBLOCK) = 0", walk->base);
	walk->descriptor = walk->base;
	ask_for_signals(walk);
	walk_say(walk, 0, "connect(%d, ..., ...) = -1 EINPROGRESS", walk->base);
	walk_say(walk, 0, "> S 0:0(0) %s", options_of_syn(common, 0, options));
	watch(walk);
	if (chance_percent(&walk->chance, 40))
		return;
	stimulus_right(walk, TCP_SYN | TCP_ACK, 0, &segment);
	walk_inject(walk, 10 * USEC_PER_MSEC, &segment);
}

void opening_write(struct walk *walk, const struct habits *common, enum model_mode mode)
{
	static const uint32_t firsts[] = { 0, 0, 0, 4294967290u, 2147483640u, 4294963000u };
	struct habits habits = choose_habits(&walk->chance, common);

	walk->first = firsts[chance_below(&walk->chance, sizeof(firsts) / sizeof(*firsts))];
	walk->stamp = chance_percent(&walk->chance, 20) ? 4294967200u : 100;
	belief_init(&walk->belief, &habits, mode);
	if (!habits.active && !walk->shared.listens)
		begin_listening(walk);
	if (habits.active) {
		walk->port = 0; /* the kernel chooses its own */
		open_actively(walk, common);
	} else {
		open_passively(walk);
	}
}
