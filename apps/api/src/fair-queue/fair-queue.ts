import { Link, LinkedList } from './linked-list.ts';

/** A job that waits or runs, and the networks for which it counts, the widest first. */
export class Place<T> {
  readonly value: T;
  readonly networks: Network<T>[];
  readonly link = new Link<Place<T>>(this);

  constructor(value: T, networks: Network<T>[]) {
    this.value = value;
    this.networks = networks;
  }
}

/**
 * A queue in which networks take turns. Within a network the narrower networks take turns, and within the narrowest
 * network the jobs follow in the order in which they came.
 *
 * Every step takes constant time for each level of networks, however many wait; {@link FairQueue.next} looks at no more
 * of them than have something running.
 */
export class FairQueue<T> {
  readonly #all = new Network<T>('');

  /** The number of jobs that wait. */
  get size(): number {
    return this.#all.waiting;
  }

  /** Puts a value at the end of the queue of its network. @param networks names them, the widest first. */
  add(networks: string[], value: T): Place<T> {
    const place = new Place<T>(value, []);
    let network = this.#all;
    for (const name of networks) {
      network = network.member(name);
      place.networks.push(network);
    }
    network.queue.push(place.link);
    this.#count(place, { waiting: 1, running: 0 });
    return place;
  }

  /** Takes a waiting job out of the queue. */
  leave(place: Place<T>): void {
    place.link.remove();
    this.#count(place, { waiting: -1, running: 0 });
  }

  /**
   * Takes the next job out of the queue; it runs from now on. Of the networks with the fewest jobs running, the network
   * whose turn is longest ago is next.
   */
  next(): Place<T> | undefined {
    let network = this.#all;
    while (network.turns.first) network = network.nextMember();
    const place = network.queue.first?.value;
    if (!place) return undefined;
    place.link.remove();
    this.#count(place, { waiting: -1, running: 1 });
    // The networks that were served go behind all others that wait.
    for (const served of place.networks) served.turn.list?.push(served.turn);
    return place;
  }

  /** Notes that a place which was {@link next} runs no longer. */
  finish(place: Place<T>): void {
    this.#count(place, { waiting: 0, running: -1 });
  }

  /**
   * @returns the newest job of the network that holds most places. Where the newcomer's own network holds as many, the
   * newcomer is returned.
   */
  surplus(newcomer: Place<T>): Place<T> {
    let network = this.#all;
    for (const own of newcomer.networks) {
      const { largest } = network;
      network = own.within === network && own.waiting === largest?.waiting ? own : (largest ?? network);
    }
    return network.queue.last?.value ?? newcomer;
  }

  #count({ networks }: Place<T>, more: { waiting: number; running: number }): void {
    let within = this.#all;
    within.waiting += more.waiting;
    for (const network of networks) {
      within.resize(network, more.waiting);
      network.running += more.running;
      if (network.waiting === 0 && network.running === 0) within.members.delete(network.name);
      within = network;
    }
  }
}

/** A network: the jobs that wait in it, or the networks in it, and how many jobs wait and run. */
class Network<T> {
  readonly name: string;
  readonly within: Network<T> | undefined;
  waiting = 0;
  running = 0;
  /** Its places in the lists of the network that it is in. */
  readonly turn = new Link<Network<T>>(this);
  readonly #size = new Link<Network<T>>(this);

  /** The jobs that wait in this network; empty where there are networks in it. */
  readonly queue = new LinkedList<Place<T>>();
  readonly members = new Map<string, Network<T>>();
  /** Members in which a job waits, in the order of their turns. */
  readonly turns = new LinkedList<Network<T>>();
  /** Those members again, by how many jobs wait in them. */
  readonly #bySize: LinkedList<Network<T>>[] = [];
  /** How many jobs wait in the largest member. */
  #largestWaiting = 0;

  constructor(name: string, within?: Network<T>) {
    this.name = name;
    this.within = within;
  }

  member(name: string): Network<T> {
    const member = this.members.get(name) ?? new Network(name, this);
    this.members.set(name, member);
    return member;
  }

  /** A member in which no fewer jobs wait than in any other. */
  get largest(): Network<T> | undefined {
    return this.#bySize[this.#largestWaiting]?.first?.value;
  }

  /** Of the members with the least running, the one whose turn comes first. There must be one. */
  nextMember(): Network<T> {
    let least: Network<T> | undefined;
    for (const member of this.turns) {
      if (!least || member.running < least.running) least = member;
      // Few members have a job running, since few jobs run at once, so this loop is short.
      if (least.running === 0) break;
    }
    return least as Network<T>;
  }

  /** Notes that one job more, or one fewer, waits in a member. @param more 1, 0 or -1 */
  resize(member: Network<T>, more: number): void {
    member.waiting += more;
    if (member.waiting === 0) {
      member.turn.remove();
      member.#size.remove();
    } else if (more !== 0) {
      if (!member.turn.list) this.turns.push(member.turn);
      this.#bySize[member.waiting] ??= new LinkedList();
      this.#bySize[member.waiting]?.push(member.#size);
    }
    if (member.waiting > this.#largestWaiting) this.#largestWaiting = member.waiting;
    else if (!this.largest) this.#largestWaiting = Math.max(0, this.#largestWaiting - 1);
  }
}
