#include "explore/opening.h"

#include <stdio.h>

#include "explore/stimulus.h"

/* ---- what holds for the whole walk ---- */

static const struct {
	const char *line;
	unsigned percent;
} sysctls[] = {
	/* clang-format off */
	{ "net.ipv4.tcp_invalid_ratelimit = 0",     70 },
	{ "net.ipv4.tcp_early_retrans = 0",         30 },
	{ "net.ipv4.tcp_rfc1337 = 1",                5 },
	{ "net.ipv4.tcp_fin_timeout = 5",            5 },
	{ "net.ipv4.tcp_max_tw_buckets = 0",         2 },
	{ "net.ipv4.tcp_abort_on_overflow = 1",      2 },
	{ "net.ipv4.tcp_orphan_retries = 2",         3 },
	{ "net.ipv4.tcp_retries2 = 4",               3 },
	{ "net.ipv4.tcp_syncookies = 0",             5 },
	{ "net.ipv4.tcp_recovery = 0",              10 },
	/* clang-format on */
};

static void write_settings(struct walk *walk, FILE *out)
{
	static const char *const families[] = { "ipv4", "ipv4", "ipv4", "ipv6",
		                                "ipv4-mapped-ipv6" };
	const struct habits *habits = &walk->belief.habits;

	fprintf(out, "--unexpected=ignore\n--ip_version=%s\n",
	        families[chance_below(&walk->chance, sizeof(families) / sizeof(*families))]);
	fprintf(out, "sysctl net.ipv4.tcp_congestion_control = reno\n");
	if (habits->active && !habits->stamps)
		fprintf(out, "sysctl net.ipv4.tcp_timestamps = 0\n");
	if (habits->active && !habits->sack)
		fprintf(out, "sysctl net.ipv4.tcp_sack = 0\n");
	if (habits->active && !habits->scale)
		fprintf(out, "sysctl net.ipv4.tcp_window_scaling = 0\n");
	for (size_t i = 0; i < sizeof(sysctls) / sizeof(*sysctls); i++)
		if (chance_percent(&walk->chance, sysctls[i].percent))
			fprintf(out, "sysctl %s\n", sysctls[i].line);
}

static struct habits choose_habits(struct chance *chance)
{
	static const uint16_t windows[] = { 257, 257, 257, 8, 1, 65535 };

	return (struct habits){
		.stamps = chance_percent(chance, 50),
		.sack = chance_percent(chance, 70),
		.scale = chance_percent(chance, 75),
		.active = chance_percent(chance, 25),
		.window = windows[chance_below(chance, sizeof(windows) / sizeof(*windows))],
		.room = 64240,
	};
}

/* ---- the handshake ---- */

static const char *options_of_syn(const struct walk *walk, uint32_t echo, char text[96])
{
	const struct habits *habits = &walk->belief.habits;

	if (!habits->stamps)
		return "<...>";
	snprintf(text, 96, "<mss *,%s,TS val %u ecr %u%s>", habits->sack ? "sackOK" : "nop,nop",
	         STIMULUS_ECHO, echo, habits->scale ? ",nop,wscale *" : "");
	return text;
}

static void listen_and_get_syn(struct walk *walk)
{
	struct segment segment;
	char options[96];
	uint32_t stamp_was;

	walk_say(walk, 0, "socket(..., SOCK_STREAM, IPPROTO_TCP) = 3");
	walk_say(walk, 0, "setsockopt(3, SOL_SOCKET, SO_REUSEADDR, [1], 4) = 0");
	if (chance_percent(&walk->chance, 15)) {
		walk_say(walk, 0, "setsockopt(3, SOL_SOCKET, SO_RCVBUF, [4096], 4) = 0");
		walk->belief.habits.room = 2920;
	}
	walk_say(walk, 0, "bind(3, ..., ...) = 0");
	walk_say(walk, 0, "listen(3, 2) = 0");
	walk->listens = true;
	stimulus_right(walk, TCP_SYN, 0, &segment);
	stamp_was = walk->stamp;
	walk_inject(walk, 0, &segment);
	walk_say(walk, 0, "> S. 0:0(0) ack %u %s", walk->first + 1,
	         options_of_syn(walk, stamp_was, options));
}

static void open_passively(struct walk *walk)
{
	struct segment segment;

	listen_and_get_syn(walk);
	/* Some stay in SYN-RECEIVED: nothing can accept them. */
	if (chance_percent(&walk->chance, 12))
		return;
	stimulus_right(walk, TCP_ACK, 0, &segment);
	walk_inject(walk, 10 * USEC_PER_MSEC, &segment);
	walk_say(walk, 0, "accept4(3, ..., ..., SOCK_NONBLOCK) = 4");
	walk->descriptor = 4;
}

static void open_actively(struct walk *walk)
{
	struct segment segment;
	char options[96];

	walk_say(walk, 0, "socket(..., SOCK_STREAM, IPPROTO_TCP) = 3");
	walk_say(walk, 0, "fcntl(3, F_SETFL, O_RDWR|O_NONBLOCK) = 0");
	walk_say(walk, 0, "connect(3, ..., ...) = -1 EINPROGRESS");
	walk_say(walk, 0, "> S 0:0(0) %s", options_of_syn(walk, 0, options));
	walk->descriptor = 3;
	if (chance_percent(&walk->chance, 40))
		return;
	stimulus_right(walk, TCP_SYN | TCP_ACK, 0, &segment);
	walk_inject(walk, 10 * USEC_PER_MSEC, &segment);
}

void opening_write(struct walk *walk, enum model_mode mode, FILE *out)
{
	static const uint32_t firsts[] = { 0, 0, 0, 4294967290u, 2147483640u, 4294963000u };
	struct habits habits = choose_habits(&walk->chance);

	walk->first = firsts[chance_below(&walk->chance, sizeof(firsts) / sizeof(*firsts))];
	walk->stamp = chance_percent(&walk->chance, 20) ? 4294967200u : 100;
	belief_init(&walk->belief, &habits, mode);
	write_settings(walk, out);
	if (habits.active)
		open_actively(walk);
	else
		open_passively(walk);
}
