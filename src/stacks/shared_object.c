#include "stacks/shared_object.h"

#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

/*
 * The object's own symbols come first, as packetdrill does it. With a sanitizer, its malloc() must
 * come first instead.
 */
#if defined(__SANITIZE_ADDRESS__)
#define OWN_SYMBOLS_FIRST 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define OWN_SYMBOLS_FIRST 0
#endif
#endif
#ifndef OWN_SYMBOLS_FIRST
#define OWN_SYMBOLS_FIRST RTLD_DEEPBIND
#endif

/*
 * Asks for what the object has beyond packetdrill's interface. Returns a fault when it refuses this
 * world.
 */
static enum fault introduce(struct stack_source *source, void *handle,
                            const struct tcpclose_world *world, char *error)
{
	char why[FAULT_TEXT / 2] = "";
	int (*init)(const struct tcpclose_world *world, struct tcpclose_stack *stack, char *why,
	            size_t size);

	*(void **)&init = dlsym(handle, "tcpclose_stack_init");
	if (!init)
		return FAULT_NONE;
	if (init(world, &source->more, why, sizeof(why)) != 0)
		return fault_say(FAULT_MISSING, error, "the stack cannot be played on here: %s",
		                 why);
	if (source->more.version != TCPCLOSE_STACK_VERSION)
		return fault_say(FAULT_BROKEN, error,
		                 "the stack is for version %u of the interface, and this is %d",
		                 source->more.version, TCPCLOSE_STACK_VERSION);
	return FAULT_NONE;
}

enum fault shared_object_load(const struct tcpclose_world *world, const char *path,
                              const char *flags, struct stack_source *source,
                              char error[FAULT_TEXT])
{
	char with_folder[4096];
	enum fault failure;
	void *handle;
	void (*init)(const char *flags, struct packetdrill_interface *interface);

	memset(source, 0, sizeof(*source));
	/* A name without a folder would be searched for among the libraries of the system. */
	snprintf(with_folder, sizeof(with_folder), "%s%s", strchr(path, '/') ? "" : "./", path);
	handle = dlopen(with_folder, RTLD_NOW | RTLD_LOCAL | RTLD_NODELETE | OWN_SYMBOLS_FIRST);
	if (!handle)
		return fault_say(FAULT_BROKEN, error, "--so_filename: %s", dlerror());
	*(void **)&init = dlsym(handle, "packetdrill_interface_init");
	if (!init)
		return fault_say(FAULT_BROKEN, error,
		                 "--so_filename: %s has no packetdrill_interface_init()", path);
	failure = introduce(source, handle, world, error);
	if (failure != FAULT_NONE)
		return failure;
	init(flags, &source->functions);
	if (!source->functions.netdev_send || !source->functions.netdev_receive)
		return fault_say(FAULT_BROKEN, error,
		                 "--so_filename: %s neither takes nor sends packets", path);
	return FAULT_NONE;
}
