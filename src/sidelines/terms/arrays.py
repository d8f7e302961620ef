"""Array types with shapes: jaxtyping's where a developer has it, plain annotations otherwise."""

from typing import TYPE_CHECKING, Any

__all__ = ["Bool", "Complex", "Float", "Int", "UInt"]

if TYPE_CHECKING:
    from jaxtyping import Bool, Complex, Float, Int, UInt
else:
    try:
        from jaxtyping import Bool, Complex, Float, Int, UInt
    except ImportError:

        class _Shaped:
            """Stand-in: `Float[np.ndarray, "draw power"]` is just `np.ndarray`."""

            def __class_getitem__(cls, item: tuple[type, str]) -> Any:
                return item[0]

        Bool = Complex = Float = Int = UInt = _Shaped
