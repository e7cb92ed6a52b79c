"""Wall and processor time, and the growth of memory, as bench/ours/measure.ts takes them."""

import gc
import resource
import time


def best_of(repetitions, work):
    best, result = {"wallMs": float("inf"), "processorMs": float("inf")}, None
    for _ in range(repetitions):
        processor, wall = time.process_time(), time.perf_counter()
        result = work()
        best["wallMs"] = min(best["wallMs"], 1000 * (time.perf_counter() - wall))
        best["processorMs"] = min(best["processorMs"], 1000 * (time.process_time() - processor))
    return best, result


def growth_mb(work):
    gc.collect()
    before = status("VmRSS")
    try:
        with open("/proc/self/clear_refs", "w") as file:
            file.write("5")
    except OSError:
        pass
    result = work()
    return (status("VmHWM") - before) / 1e6, result


def status(field):
    try:
        with open("/proc/self/status") as file:
            for line in file:
                if line.startswith(field + ":"):
                    return int(line.split()[1]) * 1024
    except OSError:
        pass
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
