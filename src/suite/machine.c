#include "suite/machine.h"

#include <stdarg.h>
#include <string.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

#include "config.h"
#include "kernel/netns.h"

void facts_init(struct facts *facts, struct arena *arena)
{
	facts->arena = arena;
	facts->first = NULL;
	facts->end = &facts->first;
}

void facts_add(struct facts *facts, const char *name, const char *format, ...)
{
	struct report_fact *fact = arena_alloc(facts->arena, sizeof(*fact));
	va_list args;

	va_start(args, format);
	*fact = (struct report_fact){ name, arena_vprintf(facts->arena, format, args), NULL };
	va_end(args);
	*facts->end = fact;
	facts->end = &fact->next;
}

/*
 * A new namespace has the kernel's own defaults, except for these: it copies them from the first
 * namespace, or they are the same for the whole machine. An empty default means that the kernel
 * computes it from the memory.
 */
static const struct {
	const char *name, *normal;
} inherited[] = {
	{ "net.ipv4.tcp_congestion_control", "cubic" },
	{ "net.ipv4.tcp_rmem", "4096 131072 6291456" },
	{ "net.ipv4.tcp_wmem", "4096 16384 4194304" },
	{ "net.core.rmem_max", "212992" },
	{ "net.core.wmem_max", "212992" },
	{ "net.core.rmem_default", "212992" },
	{ "net.core.wmem_default", "212992" },
	{ "net.core.default_qdisc", "pfifo_fast" },
	{ "net.core.devconf_inherit_init_net", "0" },
	{ "net.core.netdev_max_backlog", "1000" },
};

static void add_sysctls(struct facts *facts)
{
	const char *text = NULL;

	for (size_t i = 0; i < sizeof(inherited) / sizeof(*inherited); i++) {
		char value[256], error[FAULT_TEXT];

		if (sysctl_read(inherited[i].name, value, sizeof(value), error) != FAULT_NONE ||
		    !strcmp(value, inherited[i].normal))
			continue;
		text = arena_printf(facts->arena, "%s%s%s = %s (normally %s)", text ? text : "",
		                    text ? ", " : "", inherited[i].name, value,
		                    inherited[i].normal);
	}
	facts_add(facts, "sysctls", "%s",
	          text ? text : "as the kernel has them, but for the scripts' own");
}

/* The coarse clocks show the length of a tick. */
static void add_tick(struct facts *facts)
{
	struct timespec tick;

	if (clock_getres(CLOCK_MONOTONIC_COARSE, &tick) == 0 && tick.tv_sec == 0 &&
	    tick.tv_nsec > 0)
		facts_add(facts, "HZ", "%ld", (1000000000 + tick.tv_nsec / 2) / tick.tv_nsec);
}

static void add_time(struct facts *facts)
{
	char text[64];
	time_t now = time(NULL);
	struct tm utc;

	if (gmtime_r(&now, &utc) && strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%SZ", &utc))
		facts_add(facts, "begun", "%s", text);
}

void facts_add_machine(struct facts *facts)
{
	struct utsname system;

	facts_add(facts, "tool", "%s", PACKAGE_STRING);
	if (uname(&system) == 0) {
		long cpus = sysconf(_SC_NPROCESSORS_ONLN);

		facts_add(facts, "kernel", "%s %s %s", system.sysname, system.release,
		          system.version);
		facts_add(facts, "machine", "%s, %s, %ld CPU%s", system.nodename, system.machine,
		          cpus, cpus == 1 ? "" : "s");
	}
	add_tick(facts);
	add_sysctls(facts);
	add_time(facts);
}
