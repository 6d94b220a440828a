#include "program/known_names.h"

#include <fnmatch.h>
#include <limits.h>
#include <string.h>

#include "base/suggest.h"

#define COUNT(rows) (sizeof(rows) / sizeof(*(rows)))

/* The group may be left out. */
static const struct {
	const char *whole, *own;
} counters[] = {
#define COUNTER(group, name) { group name, name },
#define SYSCTL(name)
#include "program/known_names.def"
#undef COUNTER
#undef SYSCTL
};

/* Patterns as in the shell, below net/. An asterisk stands for a device. */
static const char *const sysctls[] = {
#define COUNTER(group, name)
#define SYSCTL(name) name,
#include "program/known_names.def"
#undef COUNTER
#undef SYSCTL
};

/* Modules have sysctls of their own, which are not listed. Here an asterisk stands for anything. */
static const char *const of_modules[] = {
	"appletalk/*",
	"ax25/*",
	"bridge/*",
	"dccp/*",
	"fan/*",
	"ieee802154/*",
	"ipv4/*/vs/*",
	"ipv4/vs/*",
	"ipv4/netfilter/*",
	"iw_cm/*",
	"ipv6/mld_*",
	"ipv6/nf_*",
	"ipv6/netfilter/*",
	"llc/*",
	"mpls/*",
	"mptcp/*/*",
	"netfilter/*",
	"netrom/*",
	"nf_conntrack*",
	"phonet/*",
	"rds/*",
	"rose/*",
	"rxrpc/*",
	"sctp/*",
	"smc/*",
	"sunrpc/*",
	"tipc/*",
	"vsock/*",
	"x25/*",
	"xfs/*",
};

bool counter_is_known(const char *name)
{
	size_t i = 0;

	while (i < COUNT(counters) && strcmp(counters[i].own, name) &&
	       strcmp(counters[i].whole, name))
		i++;
	return i < COUNT(counters) || !fnmatch("Icmp*Type[0-9]*", name, 0);
}

const char *counter_suggest(const char *name)
{
	struct suggestion near = { .wanted = name };

	for (size_t i = 0; i < COUNT(counters); i++) {
		suggest_offer(&near, counters[i].own);
		suggest_offer(&near, counters[i].whole);
	}
	return near.best;
}

/*
 * Returns "ipv4/tcp_fin_timeout"; NULL when the name is not below net, or is too long for a path.
 */
static const char *below_net(const char *name, char path[PATH_MAX])
{
	if (strlen(name) >= PATH_MAX)
		return NULL;
	strcpy(path, name);
	if (!strchr(name, '/'))
		for (char *c = path; *c; c++)
			if (*c == '.')
				*c = '/';
	return strncmp(path, "net/", 4) ? NULL : path + 4;
}

bool sysctl_is_known(const char *name)
{
	char copy[PATH_MAX];
	const char *path = below_net(name, copy);

	for (size_t i = 0; path && i < COUNT(sysctls); i++)
		if (!fnmatch(sysctls[i], path, FNM_PATHNAME))
			return true;
	for (size_t i = 0; path && i < COUNT(of_modules); i++)
		if (!fnmatch(of_modules[i], path, 0))
			return true;
	return false;
}

static size_t folder_length(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (size_t)(slash + 1 - path) : 0;
}

/*
 * Writes the name as "net.ipv4.tcp_fin_timeout". When it is that of a device, the device stays as
 * it was written.
 */
static const char *spell(const char *written, const char *sysctl, struct arena *arena)
{
	size_t folder = folder_length(sysctl);
	bool same = folder_length(written) == folder || strchr(sysctl, '*');
	char *name =
		arena_printf(arena, "net/%.*s%s", (int)(same ? folder_length(written) : folder),
	                     same ? written : sysctl, sysctl + folder);

	for (char *c = name; *c; c++)
		if (*c == '/')
			*c = '.';
	return name;
}

/*
 * In the folder that was written, names are compared by their last part. In other folders, only a
 * name that is the same is suggested.
 */
const char *sysctl_suggest(const char *name, struct arena *arena)
{
	char copy[PATH_MAX];
	const char *path = below_net(name, copy);
	struct suggestion near = { .wanted = path ? path + folder_length(path) : "" };
	size_t best = COUNT(sysctls);
	const char *elsewhere = NULL;

	for (size_t i = 0; path && i < COUNT(sysctls); i++) {
		size_t folder = folder_length(sysctls[i]);
		const char *before = near.best, *last = sysctls[i] + folder;
		const char *pattern = arena_strndup(arena, sysctls[i], folder);

		if (!strcmp(last, near.wanted) && !strchr(sysctls[i], '*') && !elsewhere)
			elsewhere = sysctls[i];
		if (fnmatch(pattern, arena_strndup(arena, path, folder_length(path)), FNM_PATHNAME))
			continue;
		suggest_offer(&near, last);
		if (near.best != before)
			best = i;
	}
	if (best < COUNT(sysctls))
		return spell(path, sysctls[best], arena);
	return elsewhere ? spell("", elsewhere, arena) : NULL;
}
