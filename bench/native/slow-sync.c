// LD_PRELOAD library: every fsync and fdatasync takes YIMA_BENCH_SYNC_DELAY_ms longer, as on a slow disk.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <time.h>

typedef int (*sync_call)(int);

static sync_call real_fsync;
static sync_call real_fdatasync;
static struct timespec delay;

__attribute__((constructor)) static void prepare(void) {
  real_fsync = (sync_call)dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = (sync_call)dlsym(RTLD_NEXT, "fdatasync");
  const char *wanted = getenv("YIMA_BENCH_SYNC_DELAY_ms");
  const long microseconds = wanted == NULL ? 0 : (long)(strtod(wanted, NULL) * 1000.0);
  delay.tv_sec = microseconds / 1000000;
  delay.tv_nsec = (microseconds % 1000000) * 1000;
}

static int slowly(sync_call call, int descriptor) {
  const int result = call(descriptor);
  const int problem = errno;
  struct timespec left = delay;
  while (clock_nanosleep(CLOCK_MONOTONIC, 0, &left, &left) == EINTR) {
  }
  errno = problem;
  return result;
}

int fsync(int descriptor) { return slowly(real_fsync, descriptor); }

int fdatasync(int descriptor) { return slowly(real_fdatasync, descriptor); }
