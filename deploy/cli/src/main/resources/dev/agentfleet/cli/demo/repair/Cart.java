import java.util.ArrayList;
import java.util.List;

/** A shopping cart. Prices are in cents. */
final class Cart {

    private record Item(String name, long cents, int count) {}

    private final List<Item> items = new ArrayList<>();
    private int percentOff;

    void add(String name, long cents, int count) {
        if (cents < 0 || count < 1) {
            throw new IllegalArgumentException(name + " needs a price and a count");
        }
        items.add(new Item(name, cents, count));
    }

    /** A coupon over so many percent of everything; the latest one counts. */
    void redeem(int percent) {
        if (percent < 0 || percent > 100) {
            throw new IllegalArgumentException(percent + " percent must be 0 to 100");
        }
        percentOff = percent;
    }

    /** What is to be paid. A discount that is no whole number of cents is rounded up, for the customer. */
    long total() {
        long sum = 0;
        for (Item item : items) {
            sum += item.cents() * item.count();
        }
        return sum - discount(sum);
    }

    private long discount(long sum) {
        return percentOff / 100 * sum;
    }
}
